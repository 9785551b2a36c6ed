using Microsoft.Extensions.Primitives;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>
/// All headers of one request, side by side. Each of them is looked at anyway (<see cref="SpoofGuard"/>), and to find a few among a dozen by comparing costs a
/// fraction of hashing their names. Valid on the thread that took it, until it is disposed of.
/// </summary>
internal readonly ref struct RequestHeaders : IDisposable
{
    private const int Usual = 128;

    // Enumerating the dictionary would box an enumerator; copying into a kept array does not.
    [ThreadStatic]
    private static KeyValuePair<string, StringValues>[]? _kept;

    private readonly Span<KeyValuePair<string, StringValues>> _all;

    private RequestHeaders(Span<KeyValuePair<string, StringValues>> all)
    {
        _all = all;
    }

    public ReadOnlySpan<KeyValuePair<string, StringValues>> All => _all;

    /// <summary>The values of the header of this name in any case; none when it is not there.</summary>
    public StringValues this[string name]
    {
        get
        {
            foreach (ref readonly var header in All)
            {
                if (header.Key.Length == name.Length && header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value;
                }
            }

            return StringValues.Empty;
        }
    }

    public static RequestHeaders Of(IHeaderDictionary headers)
    {
        var count = headers.Count;
        var kept = _kept;
        if (kept is null || kept.Length < count)
        {
            _kept = kept = new KeyValuePair<string, StringValues>[Math.Max(Usual, count * 2)];
        }

        headers.CopyTo(kept, 0);
        return new RequestHeaders(kept.AsSpan(0, count));
    }

    // Nothing of a request outlives it here.
    public void Dispose() => _all.Clear();
}
