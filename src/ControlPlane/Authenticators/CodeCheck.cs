using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>
/// Whether a code is one of a user's. A code is used up by one statement in the database, before anything else is saved: of two replicas that are given the same
/// code one finds it used. Guesses are limited as passwords are, and counted apart from them.
/// </summary>
internal sealed class CodeCheck(
    ControlPlaneContext database, AttemptLimiter attempts, TotpSecrets totp, RecoveryCodes recovery, AuthenticatorAudit audit, TimeProvider time)
{
    private const int MaxLength = 2 * RecoveryCodes.MaxLength;

    /// <param name="visit">Where it was typed.</param>
    /// <param name="user">Null: the name leads nowhere; it is counted and answered as any other.</param>
    /// <param name="code">As typed.</param>
    /// <param name="classes">Classes of devices that count.</param>
    /// <param name="cancel">The browser went away.</param>
    public async Task<DeviceResult> CheckAsync(StageVisit visit, User? user, string code, IReadOnlyList<string> classes, CancellationToken cancel)
    {
        var address = visit.Http.Connection.RemoteIpAddress;
        var account = user is null ? AttemptKey.OfUnknown(visit.Context.Identifier ?? "") : AttemptKey.OfCodes(user.Id);
        var permit = await attempts.BeginAsync(account, address, cancel);
        if (!permit.Allowed)
        {
            return new DeviceResult.Wait(permit.Message);
        }

        if (user is { IsActive: true } && code.Length <= MaxLength && await UseAsync(user.Id, code, classes, cancel) is { } device)
        {
            await attempts.SucceededAsync(account, address, cancel);
            audit.Used(visit.Http, user, device);
            return new DeviceResult.Right(device);
        }

        if (user is not null)
        {
            audit.Refused(visit.Http, user, "code");
        }

        return DeviceResult.Wrong.Instance;
    }

    private async Task<AuthenticatorDevice?> UseAsync(Guid user, string code, IReadOnlyList<string> classes, CancellationToken cancel) =>
        (classes.Contains(DeviceClass.Totp) ? await UseTotpAsync(user, code, cancel) : null)
        ?? (classes.Contains(DeviceClass.Static) ? await UseRecoveryCodeAsync(user, code, cancel) : null);

    private async Task<AuthenticatorDevice?> UseTotpAsync(Guid user, string code, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        foreach (var device in await database.Set<TotpDevice>().AsNoTracking().Where(device => device.UserId == user).OrderBy(device => device.Id).ToListAsync(cancel))
        {
            if (TotpCode.StepOf(totp.Open(device.KeyWrapped), typed, device.Digits, now, device.LastStep) is { } step
                && await database.Set<TotpDevice>().Where(row => row.Id == device.Id && row.LastStep < step).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.LastStep, step).SetProperty(row => row.LastUsedAt, (DateTimeOffset?)now), cancel) == 1)
            {
                return device;
            }
        }

        return null;
    }

    private async Task<AuthenticatorDevice?> UseRecoveryCodeAsync(Guid user, string code, CancellationToken cancel)
    {
        var hash = recovery.HashOf(code);
        var devices = await database.Set<StaticDevice>().AsNoTracking().Include(device => device.Tokens).Where(device => device.UserId == user).ToListAsync(cancel);
        foreach (var device in devices)
        {
            if (device.Tokens.Find(token => token.Hash.AsSpan().SequenceEqual(hash)) is { } found
                && await database.Set<StaticToken>().Where(token => token.Id == found.Id).ExecuteDeleteAsync(cancel) == 1)
            {
                DateTimeOffset? now = time.GetUtcNow();
                await database.AuthenticatorDevices.Where(row => row.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancel);
                return device;
            }
        }

        return null;
    }
}
