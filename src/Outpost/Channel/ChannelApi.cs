using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Channel;

/// <summary>The calls that the outpost makes for itself, while nobody waits.</summary>
internal sealed class ChannelApi(ChannelHttp http, ChannelCaller caller)
{
    public Task<ChannelAnswer<TrustDocument>> TrustAsync(CancellationToken cancel) =>
        caller.SendAsync(http.Calls, ControlPlaneClient.Get(ChannelRoutes.Trust), ContractsJson.Default.TrustDocument, cancel);

    public Task<ChannelAnswer<string>> RegisterAsync(OutpostRegistration registration, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, ChannelRoutes.Registration, JsonSerializer.SerializeToUtf8Bytes(registration, ContractsJson.Default.OutpostRegistration), cancel);

    public Task<ChannelAnswer<string>> ReportAsync(OutpostReport report, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, ChannelRoutes.Report, JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Default.OutpostReport), cancel);

    /// <param name="held">ETag of the snapshot that stands, or null.</param>
    /// <param name="cancel">When the outpost ends.</param>
    public Task<ChannelAnswer<byte[]>> SnapshotAsync(string? held, CancellationToken cancel)
    {
        var request = ControlPlaneClient.Get(ChannelRoutes.Snapshot);
        if (held is not null)
        {
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(held));
        }

        return caller.SendAsync<byte[]>(http.Bulk, request, static async (response, inner) => new(ChannelStatus.Ok, await response.Content.ReadAsByteArrayAsync(inner)), cancel);
    }

    public Task<ChannelAnswer<SecretsDocument>> SecretsAsync(CancellationToken cancel) =>
        caller.SendAsync(http.Bulk, ControlPlaneClient.Get(ChannelRoutes.Secrets), ContractsJson.Default.SecretsDocument, cancel);

    public Task<ChannelAnswer<PrincipalRevisions>> RevisionsAsync(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new PrincipalRevisionsRequest { Ids = ids }, ContractsJson.Default.PrincipalRevisionsRequest);
        return caller.SendAsync(http.Bulk, ControlPlaneClient.Post(ChannelRoutes.PrincipalRevisions, body), ContractsJson.Default.PrincipalRevisions, cancel);
    }

    public Task<ChannelAnswer<ChangeBatch>> ChangesAsync(long after, string epoch, CancellationToken cancel) =>
        caller.SendAsync(
            http.Calls,
            ControlPlaneClient.Get($"{ChannelRoutes.Changes}?after={ControlPlaneClient.Number(after)}&epoch={Uri.EscapeDataString(epoch)}"),
            ContractsJson.Default.ChangeBatch,
            cancel);

    /// <summary>The open stream, or null. The answer's headers must come within the interactive budget.</summary>
    public async Task<HttpResponseMessage?> OpenStreamAsync(long after, string epoch, CancellationToken cancel)
    {
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        connecting.CancelAfter(ChannelHttp.InteractiveBudget);
        using var request = ControlPlaneClient.Get($"{ChannelRoutes.Stream}?epoch={Uri.EscapeDataString(epoch)}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("Last-Event-ID", ControlPlaneClient.Number(after));
        try
        {
            var response = await http.Stream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, connecting.Token);
            if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                return response;
            }

            await HearRefusalAsync(response, connecting.Token);
            return null;
        }
        catch (Exception error) when (ChannelCaller.IsAway(error, cancel))
        {
            return null;
        }
    }

    // A goodbye is told to its listener on the way. The client's own bound does not hold for a body that is read after the headers.
    private async Task HearRefusalAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using (response)
        {
            await response.Content.LoadIntoBufferAsync(ChannelHttp.InteractiveBytes, cancel);
            await caller.ClassifyAsync(response, cancel);
        }
    }

    private Task<ChannelAnswer<string>> SendAsync(HttpMethod method, string address, byte[] json, CancellationToken cancel) =>
        caller.SendAsync<string>(
            http.Calls, ControlPlaneClient.WithJson(method, address, json), static (_, _) => Task.FromResult(ControlPlaneClient.Done), cancel);
}
