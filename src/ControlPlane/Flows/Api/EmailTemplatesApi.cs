using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Mail.Templates;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>stages/email/templates</c>: what an e-mail stage can send.</summary>
internal static class EmailTemplatesApi
{
    public static void MapEmailTemplatesApi(this IEndpointRouteBuilder api) =>
        api.MapGet("stages/email/templates/", () => ApiResults.Json(All)).ForSuperusers();

    private static IReadOnlyList<TypeCreateAnswer> All =>
        [Of(MailTemplates.PasswordReset, "Password Reset"), Of(MailTemplates.AccountConfirmation, "Account Confirmation")];

    private static TypeCreateAnswer Of(string name, string description) => new(name, description, "", "");
}
