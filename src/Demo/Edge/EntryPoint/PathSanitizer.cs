using System.Globalization;
using System.Text;

namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>Rule E4: unreserved characters are decoded, then dot segments and empty segments go, as Traefik's entry point does.</summary>
internal static class PathSanitizer
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    public static string Sanitize(string target)
    {
        var parts = target.Split('?', 2);
        if (!parts[0].StartsWith('/'))
        {
            return target;
        }

        var path = Collapse(DecodeUnreserved(parts[0]));
        return parts.Length == 1 ? path : $"{path}?{parts[1]}";
    }

    private static string DecodeUnreserved(string path)
    {
        var decoded = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.HexNumber, null, out var value))
            {
                decoded.Append(Unreserved.Contains((char)value) ? ((char)value).ToString() : path.Substring(i, 3).ToUpperInvariant());
                i += 2;
            }
            else
            {
                decoded.Append(path[i]);
            }
        }

        return decoded.ToString();
    }

    private static string Collapse(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept) + (path.EndsWith('/') && kept.Count > 0 ? "/" : "");
    }
}
