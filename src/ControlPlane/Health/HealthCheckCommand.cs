using System.Net;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Configuration.Values;

namespace Sidecar.ControlPlane.Health;

/// <summary>
/// <c>sidecar healthcheck</c>, for images that have no other program to ask with. It asks for life, not readiness: a container that is away from its database
/// is still the one to route to, since its outpost goes on deciding.
/// </summary>
internal static class HealthCheckCommand
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    /// <summary>0: it answers. 1: it does not. 2: its address cannot be read.</summary>
    public static async Task<int> RunAsync(Func<string, string?> variable)
    {
        var reader = new EnvironmentReader(variable);
        var listen = reader.Listen("AUTHENTIK_LISTEN__HTTP", ListenAddress.DefaultHttp);
        if (reader.Mistakes.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', reader.Mistakes));
            return 2;
        }

        var address = new UriBuilder(Uri.UriSchemeHttp, Reachable(listen.Address).ToString(), listen.Port, "/-/health/live/").Uri;
        using var client = new HttpClient { Timeout = Budget };
        try
        {
            using var answer = await client.GetAsync(address);
            if (answer.IsSuccessStatusCode)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"{address} answers {(int)answer.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {error.Message}");
        }

        return 1;
    }

    private static IPAddress Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
}
