using System.Globalization;
using System.Text;

namespace Sidecar.TestKit.Wire;

/// <summary>An answer as its bytes came.</summary>
public sealed record RawAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public static RawAnswer Parse(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new InvalidDataException($"no whole answer: '{text}'");
        }

        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : ""));
        var answer = new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), [.. headers], text[(end + 4)..]);
        return answer.IsChunked && answer.IsWhole ? answer with { Body = Dechunk(answer.Body) } : answer;
    }

    public bool IsChunked => Header("Transfer-Encoding") == "chunked";

    /// <summary>The body is all there; false also while only the end of the connection could tell.</summary>
    public bool IsWhole => IsChunked
        ? Body.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
        : int.TryParse(Header("Content-Length"), out var length) && Body.Length >= length;

    public IReadOnlyList<string> All(string name) =>
        [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    public string? Header(string name) => All(name) is [var first, ..] ? first : null;

    private static string Dechunk(string body)
    {
        var plain = "";
        while (body.IndexOf("\r\n", StringComparison.Ordinal) is var line and > 0)
        {
            var size = int.Parse(body[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            plain += body.Substring(line + 2, size);
            body = body[(line + 4 + size)..];
        }

        return plain;
    }
}
