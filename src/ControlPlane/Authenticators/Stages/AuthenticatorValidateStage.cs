using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Authenticators.WebAuthn;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators.Stages;

/// <summary>
/// Asks for a second factor. Before the person at the browser has proven who they are, it says nothing about devices: it shows the same page whether the name has
/// some, has none or leads nowhere. A code alone signs nobody in; a passkey does, when it knows its owner, also where nobody was named.
/// </summary>
internal sealed class AuthenticatorValidateStage(ProvenUser proven, CodeCheck codes, WebAuthnCheck passkeys, PasskeyCheck signatures, RememberedDevice remembered) : IStageHandler
{
    private const string CodeField = "code";
    private const string PasskeyField = "webauthn";
    private const string StageField = "selected_stage";

    public string Kind => StageKind.AuthenticatorValidate;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        if (await proven.FindAsync(visit, cancel) is not { } user)
        {
            return Ask(visit.Context.Identifier ?? "", await ForAnybodyAsync(visit, cancel));
        }

        var devices = await DevicesAsync(visit, user, cancel);
        if (devices.Count == 0)
        {
            return await NotConfiguredAsync(visit, user, cancel);
        }

        return remembered.Find(visit.Http, user.Id, ThresholdOf(visit)) is { } known && devices.Any(device => device.Id == known)
            ? new StageOutcome.Passed(user.Id)
            : Ask(user.Username, await ForAsync(visit, devices, cancel));
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        if (await proven.FindAsync(visit, cancel) is { } user && (await DevicesAsync(visit, user, cancel)).Count == 0)
        {
            return await ChooseAsync(visit, user, answer, cancel);
        }

        if (answer.Text(PasskeyField) is { } signature && ClassesOf(visit).Contains(DeviceClass.WebAuthn))
        {
            return await CheckPasskeyAsync(visit, signature, cancel);
        }

        if (answer.Text(CodeField) is not { } code)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(CodeField));
        }

        var meant = await visit.PendingUserAsync(cancel);
        return await codes.CheckAsync(visit, meant, code, ClassesOf(visit), cancel) switch
        {
            DeviceResult.Right right => Pass(visit, meant!, right.Device),
            DeviceResult.Wait wait => new StageOutcome.Invalid(ResponseErrors.Of(CodeField, wait.Message, "throttled")),
            _ => new StageOutcome.Invalid(ResponseErrors.Of(CodeField, "This code is wrong or was used already. Wait for the next one, and check the time on your device.")),
        };
    }

    private StageOutcome.Passed Pass(StageVisit visit, User user, AuthenticatorDevice device)
    {
        Remember(visit, device);

        // It adds to a proof of this run and never stands for one.
        return new StageOutcome.Passed(user.Id, Authenticates: ProvenUser.IsInRun(visit, user), "otp mfa");
    }

    private static async Task<StageOutcome> NotConfiguredAsync(StageVisit visit, User user, CancellationToken cancel)
    {
        switch (visit.Settings.Text(AuthenticatorValidateSettings.NotConfiguredAction, AuthenticatorValidateSettings.Skip))
        {
            case AuthenticatorValidateSettings.Skip:
                return new StageOutcome.Passed(user.Id);
            case AuthenticatorValidateSettings.Configure when await StagesAsync(visit, cancel) is [_, ..] stages:
                return stages is [var only]
                    ? new StageOutcome.GoThrough(only)
                    : new StageOutcome.Ask(new ValidationChallenge { PendingUser = user.Username, ConfigurationStages = [.. stages.Select(SelectableStage.Of)] });
            default:
                return new StageOutcome.Denied("no-authenticator", "This needs a second factor, and you have none. Ask an administrator how to set one up.");
        }
    }

    private static async Task<StageOutcome> ChooseAsync(StageVisit visit, User user, StageAnswer answer, CancellationToken cancel)
    {
        var outcome = await NotConfiguredAsync(visit, user, cancel);
        if (outcome is not StageOutcome.Ask)
        {
            return outcome;
        }

        return Guid.TryParse(answer.Text(StageField), out var id) && (await StagesAsync(visit, cancel)).FirstOrDefault(stage => stage.Id == id) is { } chosen
            ? new StageOutcome.GoThrough(chosen)
            : new StageOutcome.Invalid(ResponseErrors.Of(StageField, "Choose one of these."));
    }

    // Recovery codes that are all used still count: a second factor must not end by being used.
    private static Task<List<AuthenticatorDevice>> DevicesAsync(StageVisit visit, User user, CancellationToken cancel) =>
        DevicesOf(visit, user.Id, ClassesOf(visit), cancel);

    private static async Task<List<AuthenticatorDevice>> DevicesOf(StageVisit visit, Guid user, IReadOnlyList<string> classes, CancellationToken cancel) =>
        [
            .. (await visit.Database.AuthenticatorDevices.AsNoTracking().Where(device => device.UserId == user).OrderBy(device => device.Id).ToListAsync(cancel))
                .Where(device => classes.Contains(device.Class)),
        ];

    private static async Task<IReadOnlyList<Stage>> StagesAsync(StageVisit visit, CancellationToken cancel)
    {
        var ids = StageListSetting.IdsOf(visit.Settings, AuthenticatorValidateSettings.ConfigurationStages);
        var stages = await visit.Database.Stages.AsNoTracking().Where(stage => ids.Contains(stage.Id)).ToListAsync(cancel);
        return [.. ids.Select(id => stages.Find(stage => stage.Id == id)).OfType<Stage>().Where(stage => AuthenticatorValidateSettings.SetUpKinds.Contains(stage.Kind))];
    }

    private static StageOutcome Ask(string name, IReadOnlyList<DeviceChallenge> devices) => devices.Count > 0
        ? new StageOutcome.Ask(new ValidationChallenge { PendingUser = name, DeviceChallenges = devices })
        : new StageOutcome.Denied("no-authenticator", "There is no way to prove here who you are. Start again, or ask an administrator.");

    /// <summary>The same for everybody. A code is somebody's, so it is asked for only where a name was.</summary>
    private async Task<IReadOnlyList<DeviceChallenge>> ForAnybodyAsync(StageVisit visit, CancellationToken cancel)
    {
        var classes = ClassesOf(visit);
        var shown = visit.Context.Identifier is null ? [] : classes.Where(name => name != DeviceClass.WebAuthn).Select(DeviceChallenge.OfAnybody).ToList();
        if (classes.Contains(DeviceClass.WebAuthn) && await passkeys.AskAsync(visit, [], cancel) is { } options)
        {
            shown.Add(DeviceChallenge.OfAnybody(DeviceClass.WebAuthn) with { Challenge = options });
        }

        return shown;
    }

    // One question for all passkeys: the browser knows which of them it has.
    private async Task<IReadOnlyList<DeviceChallenge>> ForAsync(StageVisit visit, IReadOnlyList<AuthenticatorDevice> devices, CancellationToken cancel)
    {
        var shown = devices.Where(device => device is not WebAuthnDevice).Select(DeviceChallenge.Of).ToList();
        var keys = devices.OfType<WebAuthnDevice>().ToList();
        if (keys is [var first, ..] && await passkeys.AskAsync(visit, keys, cancel) is { } options)
        {
            shown.Add(DeviceChallenge.Of(first) with { Challenge = options });
        }

        return shown;
    }

    private async Task<StageOutcome> CheckPasskeyAsync(StageVisit visit, string answer, CancellationToken cancel)
    {
        switch (await signatures.CheckAsync(visit, answer, cancel))
        {
            case DeviceResult.Right { Device: var device }:
                visit.Context = visit.Context with { PendingUser = device.UserId };
                Remember(visit, device);
                return new StageOutcome.Passed(device.UserId, Authenticates: true, "pop mfa");
            case DeviceResult.Wait wait:
                return new StageOutcome.Invalid(ResponseErrors.Of(PasskeyField, wait.Message, "throttled"));
            default:
                return new StageOutcome.Invalid(ResponseErrors.Of(PasskeyField, "This passkey or security key does not fit. Try again, or use another one."));
        }
    }

    private void Remember(StageVisit visit, AuthenticatorDevice device)
    {
        if (ThresholdOf(visit) is var threshold && threshold > TimeSpan.Zero)
        {
            visit.WhenSaved(() => remembered.Remember(visit.Http, device, threshold));
        }
    }

    private static IReadOnlyList<string> ClassesOf(StageVisit visit) => AuthenticatorValidateSettings.ClassesOf(visit.Stage);

    private static TimeSpan ThresholdOf(StageVisit visit) =>
        Duration.TryParse(visit.Settings.Text(AuthenticatorValidateSettings.LastAuthThreshold)) ?? TimeSpan.Zero;
}
