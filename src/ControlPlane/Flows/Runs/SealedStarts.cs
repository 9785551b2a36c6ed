using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>
/// What a run is started with, sealed into the address of its page: while nobody has answered anything, the server stores nothing. It opens for the flow and
/// the browser that it was made for, in every replica.
/// </summary>
internal sealed class SealedStarts(IDataProtectionProvider protection, TimeProvider time)
{
    // With the rest of the address it must pass proxies that take 8 KiB.
    private const int MaxLength = 6144;

    private readonly IDataProtector _protector = protection.CreateProtector("sidecar/flow-start/1");

    /// <summary>Null: too long for an address.</summary>
    public string? Seal(Flow flow, byte[] browserHash, RunStart start, TimeSpan lifetime)
    {
        var content = RunJson.Write(new Content { Flow = flow.Id, BrowserHash = browserHash, Until = time.GetUtcNow() + lifetime, Start = start });
        var text = _protector.Protect(content.GetRawText());
        return text.Length <= MaxLength ? text : null;
    }

    /// <summary>Null: it is not ours, is another flow's or browser's, or has expired.</summary>
    public RunStart? Open(Flow flow, byte[]? browserHash, string text) =>
        Read(flow, text) is { } content && browserHash is not null && content.BrowserHash.AsSpan().SequenceEqual(browserHash) ? content.Start : null;

    /// <summary>
    /// Where a start leads, whichever browser it was made for. A browser's cookie is a new one when somebody signs in: this is how its other pages go on.
    /// It says no more than <c>?next=</c> does, which anybody may write. Null: it is not ours, is another flow's, or has expired.
    /// </summary>
    public string? NextOf(Flow flow, string text) => LocalPath.Check(Read(flow, text)?.Start.Next);

    private Content? Read(Flow flow, string text)
    {
        try
        {
            var content = RunJson.Read<Content>(_protector.Unprotect(text));
            return content.Flow == flow.Id && content.Until > time.GetUtcNow() ? content : null;
        }
        catch (Exception error) when (error is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Content
    {
        public required Guid Flow { get; init; }

        public required byte[] BrowserHash { get; init; }

        public required DateTimeOffset Until { get; init; }

        public required RunStart Start { get; init; }
    }
}
