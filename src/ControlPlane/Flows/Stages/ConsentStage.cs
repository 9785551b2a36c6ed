using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Impersonations;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Asks whether an application may learn what it asks for, and remembers a yes for as long as the stage says.</summary>
internal sealed class ConsentStage(TimeProvider time) : IStageHandler
{
    private const string TokenField = "token";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(28);

    public string Kind => StageKind.Consent;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        if (await visit.PendingUserAsync(cancel) is not { IsActive: true } user)
        {
            return new StageOutcome.Denied("not-authenticated", "Sign in first.");
        }

        if (visit.Context.Start.Application is not { } id || await visit.Database.Applications.FindAsync([id], cancel) is not { } application)
        {
            return new StageOutcome.Denied("no-application", "This page belongs to an application, and none was named.");
        }

        if (ModeOf(visit) != ConsentSettings.AlwaysRequire && await FindAsync(visit, user.Id, id, cancel) is { } given && (given.ExpiresAt is not { } end || end > time.GetUtcNow()))
        {
            return new StageOutcome.Passed(user.Id);
        }

        return new StageOutcome.Ask(new ConsentChallenge
        {
            PendingUser = user.Username,
            HeaderText = $"You're about to sign into {application.Name}.",
            Permissions = ConsentScopes.Describe(visit.Context.Start.Scopes),
            Token = TokenOf(visit),
        });
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        var outcome = await EnterAsync(visit, cancel);
        if (outcome is not StageOutcome.Ask)
        {
            return outcome;
        }

        if (answer.Text(TokenField) is not { } token || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(TokenOf(visit))))
        {
            return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, "Please look at what the application asks for and answer again."));
        }

        await RememberAsync(visit, cancel);
        return new StageOutcome.Passed(visit.Context.PendingUser);
    }

    private async Task RememberAsync(StageVisit visit, CancellationToken cancel)
    {
        var mode = ModeOf(visit);

        // Who acts as somebody else says yes for this time only.
        if (mode == ConsentSettings.AlwaysRequire || visit.Http.Features.Get<ActingAs>() is not null)
        {
            return;
        }

        var user = visit.Context.PendingUser!.Value;
        var application = visit.Context.Start.Application!.Value;
        DateTimeOffset? until = mode == ConsentSettings.Permanent ? null : time.GetUtcNow() + (Duration.TryParse(visit.Settings.Text(ConsentSettings.ExpireIn)) ?? DefaultLifetime);
        if (await FindAsync(visit, user, application, cancel) is { } known)
        {
            known.ExpiresAt = until;
            return;
        }

        visit.Database.Consents.Add(new Consent
        {
            UserId = user,
            ApplicationId = application,
            Permissions = PermissionsOf(visit),
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = until,
        });
    }

    private static Task<Consent?> FindAsync(StageVisit visit, Guid user, Guid application, CancellationToken cancel)
    {
        var permissions = PermissionsOf(visit);
        return visit.Database.Consents.SingleOrDefaultAsync(row => row.UserId == user && row.ApplicationId == application && row.Permissions == permissions, cancel);
    }

    // Consent is to exactly these: an application that asks for more asks again.
    private static string PermissionsOf(StageVisit visit) => string.Join(' ', visit.Context.Start.Scopes.Order(StringComparer.Ordinal));

    private static string TokenOf(StageVisit visit) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"consent {visit.Run.Row.Id:N} {visit.Binding.Id:N} {visit.Context.PendingUser:N} {visit.Context.Start.Application:N} {PermissionsOf(visit)}")));

    private static string ModeOf(StageVisit visit) => visit.Settings.Text(ConsentSettings.Mode, ConsentSettings.Expiring);
}
