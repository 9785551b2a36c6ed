using System.IO.Compression;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>The other half of rule R13.</summary>
internal static class AnswerEncoding
{
    public static AuthAnswer Unpack(AuthAnswer answer)
    {
        if (!answer.Headers.First("Content-Encoding").Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return answer;
        }

        using var plain = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(answer.Body.ToArray()), CompressionMode.Decompress))
        {
            packed.CopyTo(plain);
        }

        answer.Headers.Remove("Content-Encoding");
        answer.Headers.Remove("Content-Length");
        return answer with { Body = plain.ToArray() };
    }
}
