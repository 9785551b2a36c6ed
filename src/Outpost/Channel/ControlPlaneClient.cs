using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.Channel;

/// <summary>The calls that requests make. GETs may be retried; POSTs never are.</summary>
internal sealed class ControlPlaneClient(ChannelHttp? http, ChannelCaller caller, ChannelEpoch epoch, Configuration.OutpostOptions options)
    : IPrincipalSource
{
    public async Task<PrincipalLookup> GetPrincipalAsync(Guid id, CancellationToken cancel)
    {
        if (http is null)
        {
            // Whom the files do not name, nobody knows.
            return PrincipalLookup.Unknown;
        }

        var answer = await caller.SendAsync(http.Calls, Get($"{ChannelRoutes.Principals}/{id:D}"), ContractsJson.Default.Principal, cancel);
        return answer.Status switch
        {
            ChannelStatus.Ok when answer.Value!.Id == id => PrincipalLookup.Found(answer.Value),
            ChannelStatus.NotFound => PrincipalLookup.Unknown,
            _ => default,
        };
    }

    /// <summary>Redeems an authorization code (RFC 6749 section 4.1.3, with the verifier of RFC 7636).</summary>
    public async Task<RedeemOutcome> RedeemAsync(
        string clientId, string clientSecret, string code, string codeVerifier, string redirectUri, CancellationToken cancel)
    {
        if (http is null)
        {
            return new RedeemOutcome.Unavailable();
        }

        var generation = epoch.Generation;
        using var request = new HttpRequestMessage(HttpMethod.Post, ChannelRoutes.Token)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "authorization_code"), new("code", code), new("code_verifier", codeVerifier), new("redirect_uri", redirectUri),
            ]),
        };
        request.Headers.Authorization = Basic(clientId, clientSecret);
        request.Headers.Add(ChannelRoutes.OutpostTokenHeader, options.Token);
        try
        {
            using var response = await http.Calls.SendAsync(request, cancel);
            var outcome = TokenResponse.Read((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel));
            // Answered across a restored database: its principal's revision cannot be compared with those that come now.
            return generation == epoch.Generation ? outcome : new RedeemOutcome.Unavailable();
        }
        catch (Exception error) when (ChannelCaller.IsAway(error, cancel))
        {
            return new RedeemOutcome.Unavailable();
        }
    }

    public async Task<CredentialOutcome> CheckCredentialAsync(CredentialCheck check, CancellationToken cancel)
    {
        if (http is null)
        {
            return new CredentialOutcome.Unavailable();
        }

        var generation = epoch.Generation;
        var request = Post(ChannelRoutes.Credentials, JsonSerializer.SerializeToUtf8Bytes(check, ContractsJson.Default.CredentialCheck));
        var answer = await caller.SendAsync(http.Calls, request, ContractsJson.Default.CredentialAnswer, cancel);
        return answer.Status switch
        {
            ChannelStatus.Ok when generation == epoch.Generation => new CredentialOutcome.Accepted(answer.Value!),
            ChannelStatus.NotFound or ChannelStatus.BadRequest => new CredentialOutcome.Refused(),
            _ => new CredentialOutcome.Unavailable(),
        };
    }

    /// <summary>True when the control plane knows now (or never knew of it): nothing is left to deliver.</summary>
    public async Task<bool> EndSessionAsync(Guid sid, CancellationToken cancel)
    {
        if (http is null)
        {
            return false;
        }

        var request = new HttpRequestMessage(HttpMethod.Delete, $"{ChannelRoutes.Sessions}/{sid:D}");
        var answer = await caller.SendAsync<string>(http.Calls, request, static (_, _) => Task.FromResult(Done), cancel);
        return answer.Status is ChannelStatus.Ok or ChannelStatus.NotFound;
    }

    internal static ChannelAnswer<string> Done => new(ChannelStatus.Ok, "");

    internal static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address);

    internal static HttpRequestMessage Post(string address, byte[] json) => WithJson(HttpMethod.Post, address, json);

    internal static HttpRequestMessage WithJson(HttpMethod method, string address, byte[] json) => new(method, address)
    {
        Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // RFC 6749 section 2.3.1: both parts are form-encoded before they are joined.
    private static AuthenticationHeaderValue Basic(string clientId, string clientSecret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(clientSecret)}")));
}
