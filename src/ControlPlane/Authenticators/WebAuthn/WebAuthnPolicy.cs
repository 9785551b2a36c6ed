using System.Text.Json;
using Fido2NetLib.Objects;
using Sidecar.ControlPlane.Flows;

namespace Sidecar.ControlPlane.Authenticators.WebAuthn;

/// <summary>Settings of stages as the library has them.</summary>
internal static class WebAuthnPolicy
{
    public const string Required = "required";
    public const string Preferred = "preferred";
    public const string Discouraged = "discouraged";

    public static readonly string[] Words = [Required, Preferred, Discouraged];

    public static readonly string[] HintWords = ["security-key", "client-device", "hybrid"];

    public static UserVerificationRequirement Verification(JsonElement settings, string name) => settings.Text(name) switch
    {
        Required => UserVerificationRequirement.Required,
        Discouraged => UserVerificationRequirement.Discouraged,
        _ => UserVerificationRequirement.Preferred,
    };

    public static ResidentKeyRequirement ResidentKey(JsonElement settings, string name) => settings.Text(name) switch
    {
        Required => ResidentKeyRequirement.Required,
        Discouraged => ResidentKeyRequirement.Discouraged,
        _ => ResidentKeyRequirement.Preferred,
    };

    public static AuthenticatorAttachment? Attachment(JsonElement settings, string name) => settings.Text(name) switch
    {
        "platform" => AuthenticatorAttachment.Platform,
        "cross-platform" => AuthenticatorAttachment.CrossPlatform,
        _ => null,
    };

    public static IReadOnlyList<PublicKeyCredentialHint> Hints(JsonElement settings, string name) => [.. (settings.Texts(name) ?? []).Select(word => word switch
    {
        "security-key" => PublicKeyCredentialHint.SecurityKey,
        "client-device" => PublicKeyCredentialHint.ClientDevice,
        _ => PublicKeyCredentialHint.Hybrid,
    })];
}
