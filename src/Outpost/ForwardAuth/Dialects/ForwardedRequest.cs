namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>The request that the proxy asks about, as parts of the texts it was read from.</summary>
internal readonly struct ForwardedRequest
{
    private readonly string? _hostSource;
    private readonly int _hostStart;
    private readonly int _hostLength;
    private readonly string? _target;
    private readonly int _targetStart;
    private readonly int _pathLength;

    public ForwardedRequest(string hostSource, int hostStart, int hostLength, string target, int targetStart, string method, bool isWebSocket)
    {
        _hostSource = hostSource;
        _hostStart = hostStart;
        _hostLength = hostLength;
        _target = target;
        _targetStart = targetStart;
        var query = target.AsSpan(targetStart).IndexOf('?');
        _pathLength = query < 0 ? target.Length - targetStart : query;
        Method = method;
        IsWebSocket = isWebSocket;
    }

    /// <summary><c>host[:port]</c> as sent.</summary>
    public ReadOnlySpan<char> Authority => _hostSource.AsSpan(_hostStart, _hostLength);

    /// <summary>Percent-encoded, without query.</summary>
    public ReadOnlySpan<char> Path => _target.AsSpan(_targetStart, _pathLength);

    /// <summary>Without the question mark.</summary>
    public ReadOnlySpan<char> Query =>
        _targetStart + _pathLength < (_target?.Length ?? 0) ? _target.AsSpan(_targetStart + _pathLength + 1) : default;

    public ReadOnlySpan<char> PathAndQuery => _target.AsSpan(_targetStart);

    /// <summary>Empty when the proxy does not tell.</summary>
    public string Method { get; }

    public bool IsWebSocket { get; }
}
