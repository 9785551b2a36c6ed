using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Policies.Evaluation;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>
/// Asks have-i-been-pwned's range API how often a password was seen in breaches. It sends the first five hex digits of a SHA-1, which some 800 passwords share, and asks for
/// padding, so that the length of the answer tells nothing either. Source: https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange.
/// </summary>
internal sealed class KnownBreaches(ControlPlaneOptions options, ILogger<KnownBreaches> log) : IDisposable
{
    private const int PrefixLength = 5;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(5),

        // An answer has some 40 KB.
        MaxResponseContentBufferSize = 1 << 20,
    };

    /// <summary>Null: it could not be found out, and the log says why.</summary>
    public async Task<long?> CountAsync(string password, CancellationToken cancel)
    {
        var hash = HashOf(password);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.BreachesUrl, "range/" + hash[..PrefixLength]));
            request.Headers.Add("Add-Padding", "true");
            request.Headers.UserAgent.ParseAdd("sidecar");
            using var response = await _client.SendAsync(request, cancel);
            response.EnsureSuccessStatusCode();
            return CountIn(await response.Content.ReadAsStringAsync(cancel), hash[PrefixLength..]);
        }
        catch (Exception error) when (error is HttpRequestException or FormatException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            log.BreachesUnknown(error.Message);
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    // "SUFFIX:COUNT" a line. A page of some portal is no answer: it must not look like "never seen".
    private static long CountIn(string answer, string suffix)
    {
        var found = 0L;
        foreach (var line in answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(':');
            if (parts.Length != 2 || parts[0].Length != suffix.Length || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                throw new FormatException("The answer is not a list of hashes and counts.");
            }

            found = parts[0].Equals(suffix, StringComparison.OrdinalIgnoreCase) ? count : found;
        }

        return answer.Length > 0 ? found : throw new FormatException("The answer is empty.");
    }

#pragma warning disable CA5350, RS0030 // The service's index is by SHA-1; it protects nothing here.
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350, RS0030
}
