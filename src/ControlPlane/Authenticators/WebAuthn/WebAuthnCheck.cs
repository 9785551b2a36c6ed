using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Authenticators.Stages;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators.WebAuthn;

/// <summary>
/// Asks devices for a signature and checks it (Web Authentication Level 3, 7.2). What counts is decided here, whatever the browser was told: origin, relying party,
/// challenge, user verification, counter.
/// </summary>
internal sealed class WebAuthnCheck(
    ControlPlaneContext database, WebAuthnChallenges challenges, RelyingParty party, BrandReader brands, AuthenticatorAudit audit, TimeProvider time, ILogger<WebAuthnCheck> log)
{
    /// <summary>What a browser hands to its devices. Null: nobody has said where this installation is.</summary>
    /// <param name="visit">Where it is asked.</param>
    /// <param name="devices">Empty: whichever passkey the browser has, whoever's it is.</param>
    /// <param name="cancel">The browser went away.</param>
    public async Task<JsonElement?> AskAsync(StageVisit visit, IReadOnlyList<WebAuthnDevice> devices, CancellationToken cancel) =>
        await OptionsAsync(visit, devices, challenges.Current(visit), cancel) is { } options ? JsonSerializer.Deserialize<JsonElement>(options.ToJson()) : null;

    /// <summary>The device that signed, with its user; null: nothing fitted.</summary>
    /// <param name="visit">Where it was asked.</param>
    /// <param name="expected">Whose device it must be; null: anybody's, which needs user verification, as it is the only factor.</param>
    /// <param name="answer">As JSON.</param>
    /// <param name="cancel">The browser went away.</param>
    public async Task<WebAuthnDevice?> CheckAsync(StageVisit visit, User? expected, string answer, CancellationToken cancel)
    {
        if (Read(answer) is not { } assertion)
        {
            return null;
        }

        var device = await database.Set<WebAuthnDevice>().AsNoTracking().Include(row => row.User).SingleOrDefaultAsync(row => row.CredentialId == assertion.RawId, cancel);
        if (device is not { User.IsActive: true } || (expected is not null && device.UserId != expected.Id) || ChallengeIn(assertion.Response.ClientDataJson) is not { } challenge)
        {
            return null;
        }

        try
        {
            return await VerifyAsync(visit, device, assertion, challenge, cancel) is { } count && await UseAsync(visit, device, challenge, count, cancel) ? device : null;
        }
        catch (Fido2VerificationException error)
        {
            log.SignatureRefused(error.Message);
            return null;
        }
    }

    private async Task<uint?> VerifyAsync(StageVisit visit, WebAuthnDevice device, AuthenticatorAssertionRawResponse assertion, byte[] challenge, CancellationToken cancel)
    {
        if (await OptionsAsync(visit, [], challenge, cancel) is not { } options || await party.FindAsync("", cancel) is not { } configuration)
        {
            return null;
        }

        var result = await new Fido2(configuration, null).MakeAssertionAsync(
            new MakeAssertionParams
            {
                AssertionResponse = assertion,
                OriginalOptions = options,
                StoredPublicKey = device.PublicKey,
                StoredSignatureCounter = (uint)device.SignCount,
                IsUserHandleOwnerOfCredentialIdCallback = (handle, _) => Task.FromResult(handle.UserHandle.AsSpan().SequenceEqual(HandleOf(device.UserId))),
            },
            cancel);
        return result.SignCount;
    }

    // The challenge first, then the counter: each by one statement, so that of two replicas one wins.
    private async Task<bool> UseAsync(StageVisit visit, WebAuthnDevice device, byte[] challenge, long count, CancellationToken cancel)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var used = await challenges.TrySpendAsync(visit, challenge, cancel)
            && await database.Set<WebAuthnDevice>().Where(row => row.Id == device.Id && (row.SignCount < count || (row.SignCount == 0 && count == 0)))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SignCount, count).SetProperty(row => row.LastUsedAt, now), cancel) == 1;
        if (used)
        {
            audit.Used(visit.Http, device.User!, device);
        }

        return used;
    }

    private async Task<AssertionOptions?> OptionsAsync(StageVisit visit, IReadOnlyList<WebAuthnDevice> devices, byte[] challenge, CancellationToken cancel)
    {
        if (await party.FindAsync((await brands.LookAsync(visit.Http)).Title, cancel) is not { } configuration)
        {
            return null;
        }

        return new AssertionOptions
        {
            Challenge = challenge,
            RpId = configuration.RPID,
            Timeout = configuration.Timeout,
            AllowCredentials = [.. devices.Select(device => new PublicKeyCredentialDescriptor(device.CredentialId))],
            Hints = WebAuthnPolicy.Hints(visit.Settings, AuthenticatorValidateSettings.Hints),
            UserVerification = IsSecond(visit) ? WebAuthnPolicy.Verification(visit.Settings, AuthenticatorValidateSettings.UserVerification) : UserVerificationRequirement.Required,
        };
    }

    // By itself, a device that anybody may hold is one factor: it must know its owner.
    private static bool IsSecond(StageVisit visit) => visit.Run.Plan.Proofs.Any(proof => proof.Authenticates && proof.User == visit.Context.PendingUser);

    public static byte[] HandleOf(Guid user) => user.ToByteArray();

    internal static byte[]? ChallengeIn(byte[]? clientData)
    {
        try
        {
            using var data = JsonDocument.Parse(clientData);
            return data.RootElement.TryGetProperty("challenge", out var value) && value.GetString() is { Length: < 200 } text ? System.Buffers.Text.Base64Url.DecodeFromChars(text) : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AuthenticatorAssertionRawResponse? Read(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<AuthenticatorAssertionRawResponse>(answer) is { RawId: not null, Response: not null } read ? read : null;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }
}
