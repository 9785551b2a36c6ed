using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Links;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Mail.Templates;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary><c>core/users/{pk}/recovery</c>: a link by which somebody gets back into their account, handed to the administrator or mailed.</summary>
internal static class UserRecoveryApi
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(30);

    public static void MapUserRecoveryApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("core/users/{pk:int}/recovery/", LinkAsync).ForSuperusers();
        api.MapPost("core/users/{pk:int}/recovery_email/", MailAsync).ForSuperusers();
    }

    private static async Task<IResult> LinkAsync(
        HttpContext http, int pk, ApiCaller caller, RecoveryLinks recovery, ApiSave save, AuditWriter audit, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Users.SingleOrDefaultAsync(user => user.Pk == pk, cancel) is not { } user)
        {
            return ApiResults.NotFound();
        }

        var body = await JsonBody.OfOptionalAsync(http);
        var lifetime = LifetimeIn(body);
        var link = body.Errors.Any ? null : await AddAsync(http, body, user, lifetime, mailed: false, recovery);
        audit.Add(http, caller.User, "secret_view", "api", user);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(new { Link = link!.Url });
    }

    private static async Task<IResult> MailAsync(
        HttpContext http, int pk, JsonBody body, RecoveryLinks recovery, ApiSave save, ControlPlaneContext context, MailOutbox outbox, MailTemplates templates, BrandReader brands,
        CancellationToken cancel)
    {
        if (await context.Users.SingleOrDefaultAsync(user => user.Pk == pk, cancel) is not { } user)
        {
            return ApiResults.NotFound();
        }

        body.Require("email_stage");
        var lifetime = LifetimeIn(body);
        Stage? stage = null;
        if (body.TryId("email_stage", out var id))
        {
            stage = await context.Stages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Kind == StageKind.Email, cancel);
            body.Refuses("email_stage", stage is null, $"There is no e-mail stage \"{id}\".");
        }

        body.Refuses(FieldErrors.NoField, !EmailText.IsValid(user.Email), "This user has no e-mail address.");
        if (!body.Errors.Any && await AddAsync(http, body, user, lifetime, mailed: true, recovery) is { } link)
        {
            outbox.Add(context, new OutgoingMail
            {
                To = [user.Email],
                Subject = stage!.Settings.Text(EmailSettings.Subject, EmailSettings.DefaultSubject),
                Body = templates.Render(stage.Settings.Text(EmailSettings.Template, MailTemplates.PasswordReset), new Dictionary<string, string>
                {
                    ["brand"] = (await brands.LookAsync(http)).Title,
                    ["username"] = user.Username,
                    ["url"] = link.Url,
                    ["until"] = MailText.Moment(link.Until),
                }),
                Until = link.Until,
            });
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.NoContent();
    }

    private static TimeSpan LifetimeIn(JsonBody body)
    {
        if (!body.TryText("token_duration", out var text))
        {
            return DefaultLifetime;
        }

        var span = Duration.TryParse(text);
        return body.Refuses("token_duration", span is null || span <= TimeSpan.Zero, $"Not a duration. {ValidatedFields.DurationHelp}") ? DefaultLifetime : span!.Value;
    }

    private static async Task<RecoveryLink?> AddAsync(HttpContext http, JsonBody body, User user, TimeSpan lifetime, bool mailed, RecoveryLinks recovery)
    {
        var (link, problem) = await recovery.AddAsync(http, user, lifetime, mailed);
        body.Refuses(FieldErrors.NoField, problem is not null, problem ?? "");
        return link;
    }
}
