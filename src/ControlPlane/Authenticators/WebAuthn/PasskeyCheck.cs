using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Flows;

namespace Sidecar.ControlPlane.Authenticators.WebAuthn;

/// <summary>
/// Whether a signature signs somebody in, with the limits that codes have: wrong ones count for the account, together with wrong codes, and for the address. Where nobody was named
/// there is no account to count for before one has signed.
/// </summary>
internal sealed class PasskeyCheck(WebAuthnCheck passkeys, AttemptLimiter attempts, AuthenticatorAudit audit)
{
    /// <param name="visit">Where it was asked.</param>
    /// <param name="answer">As JSON.</param>
    /// <param name="cancel">The browser went away.</param>
    public async Task<DeviceResult> CheckAsync(StageVisit visit, string answer, CancellationToken cancel)
    {
        var meant = await visit.PendingUserAsync(cancel);
        var name = visit.Context.Identifier;
        var account = meant is not null ? AttemptKey.OfCodes(meant.Id) : name is not null ? AttemptKey.OfUnknown(name) : null;
        var address = visit.Http.Connection.RemoteIpAddress;
        var permit = await attempts.BeginAsync(account, address, cancel);
        if (!permit.Allowed)
        {
            return new DeviceResult.Wait(permit.Message);
        }

        // A name that leads nowhere has no device.
        if ((meant is not null || name is null) && await passkeys.CheckAsync(visit, meant, answer, cancel) is { } device)
        {
            await attempts.SucceededAsync(account, address, cancel);
            return new DeviceResult.Right(device);
        }

        if (meant is not null)
        {
            audit.Refused(visit.Http, meant, DeviceClass.WebAuthn);
        }

        return DeviceResult.Wrong.Instance;
    }
}
