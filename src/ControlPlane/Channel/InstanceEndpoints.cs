using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts;
using Sidecar.Contracts.Signing;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

/// <summary>What a process of an outpost says of itself.</summary>
internal static class InstanceEndpoints
{
    private const int MaxText = 255;

    public static async Task<IResult> RegisterAsync(HttpContext http, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        var caller = ChannelCaller.Of(http);
        var sent = await ChannelAnswers.ReadAsync(http.Request, ContractsJson.Default.OutpostRegistration, cancel);
        if (sent is null || sent.Instance != caller.Instance || sent.Hostname.Length > MaxText || sent.Version.Length > MaxText)
        {
            return ChannelAnswers.BadRequest("The body must be a registration of the instance that the header names.");
        }

        using var key = EcKeys.TryImport(sent.AssertionKey);
        if (key is null)
        {
            return ChannelAnswers.BadRequest("assertion_key: must be a P-256 public key whose kid is its RFC 7638 thumbprint.");
        }

        var instance = await FindOrAddAsync(context, caller, time, cancel);
        instance.Hostname = sent.Hostname;
        instance.Version = sent.Version;
        instance.AssertionKid = sent.AssertionKey.Kid;
        instance.AssertionX = sent.AssertionKey.X;
        instance.AssertionY = sent.AssertionKey.Y;
        await context.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> ReportAsync(HttpContext http, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        if (await ChannelAnswers.ReadAsync(http.Request, ContractsJson.Default.OutpostReport, cancel) is not { } sent || sent.Epoch.Length > MaxText)
        {
            return ChannelAnswers.BadRequest("The body must be a report.");
        }

        var instance = await FindOrAddAsync(context, ChannelCaller.Of(http), time, cancel);
        instance.Epoch = sent.Epoch;
        instance.Revision = sent.Revision;
        instance.Applied = sent.Applied;
        instance.Principals = sent.Principals;
        instance.Rejected = sent.Rejected is { Length: > MaxText } ? sent.Rejected[..MaxText] : sent.Rejected;
        await context.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static async Task<OutpostInstance> FindOrAddAsync(ControlPlaneContext context, ChannelCaller caller, TimeProvider time, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var instance = await context.OutpostInstances.SingleOrDefaultAsync(row => row.OutpostId == caller.Outpost.Id && row.Instance == caller.Instance, cancel)
            ?? context.OutpostInstances.Add(new OutpostInstance { OutpostId = caller.Outpost.Id, Instance = caller.Instance, LastSeen = now }).Entity;
        instance.LastSeen = now;
        return instance;
    }
}
