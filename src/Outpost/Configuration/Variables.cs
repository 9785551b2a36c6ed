using System.Net;

namespace Sidecar.Outpost.Configuration;

/// <summary>Reads single variables and collects what is wrong with them, so that all mistakes are told at once.</summary>
internal sealed class Variables(Func<string, string?> environment)
{
    private readonly List<string> _mistakes = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    public void Wrong(string name, string mistake) => _mistakes.Add($"{name} {mistake}");

    public string? Text(string name)
    {
        var value = ConfiguredValue.Read(environment(name), environment, out var mistake);
        if (mistake is not null)
        {
            Wrong(name, mistake);
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    public bool Flag(string name)
    {
        switch (Text(name)?.ToUpperInvariant())
        {
            case null or "FALSE" or "0" or "NO" or "OFF":
                return false;
            case "TRUE" or "1" or "YES" or "ON":
                return true;
            default:
                Wrong(name, "must be true or false");
                return false;
        }
    }

    /// <summary>With a trailing slash, so that relative addresses go below it.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0)
        {
            return uri;
        }

        Wrong(name, "must be an address such as https://auth.example.com");
        return null;
    }

    /// <summary><c>address:port</c>, <c>[address]:port</c> or <c>:port</c>.</summary>
    public IPEndPoint EndPoint(string name, string byDefault)
    {
        var text = Text(name) ?? byDefault;
        if (IPEndPoint.TryParse(text.StartsWith(':') ? "0.0.0.0" + text : text, out var endPoint) && text.Contains(':', StringComparison.Ordinal))
        {
            return endPoint;
        }

        Wrong(name, $"must be an address and a port such as {byDefault}");
        return new IPEndPoint(IPAddress.Any, 0);
    }
}
