using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>Whether a new password is good: rules, strength, known breaches, in this order; the first that fails answers.</summary>
internal sealed class PasswordPolicy(KnownBreaches breaches, ControlPlaneContext database) : IPolicyHandler
{
    public const string OnlyAtPrompts = "it looks at what is typed; name it in the validation_policies of a prompt stage.";

    private const int MaxCount = 1024;

    public static PolicyDescription Description { get; } = new()
    {
        Kind = PolicyKind.Password,
        Name = "Password Policy",
        Plural = "Password Policies",
        Summary = "Checks a new password by its length, its characters, its strength and known breaches.",
        NotAtBindings = OnlyAtPrompts,
        Settings =
        [
            new PolicyText("password_field", "password"),
            new PolicyNumber("amount_digits", 0, 0, MaxCount),
            new PolicyNumber("amount_uppercase", 0, 0, MaxCount),
            new PolicyNumber("amount_lowercase", 0, 0, MaxCount),
            new PolicyNumber("amount_symbols", 0, 0, MaxCount),
            new PolicyNumber("length_min", 0, 0, MaxCount),
            new PolicyText("symbol_charset", PasswordRules.DefaultSymbols),
            new PolicyText("error_message", "") { MayBeBlank = true },
            new PolicyFlag("check_static_rules", true),
            new PolicyFlag("check_have_i_been_pwned", false),
            new PolicyFlag("check_zxcvbn", false),
            new PolicyNumber("hibp_allowed_count", 0, 0, int.MaxValue),
            new PolicyNumber("zxcvbn_score_threshold", 2, 0, 3),
        ],
    };

    public string Kind => PolicyKind.Password;

    public async Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel)
    {
        var settings = policy.Settings;
        if (request.Answers.GetValueOrDefault(settings.Text("password_field", "password")) is not { Length: > 0 } password)
        {
            return PolicyResult.Fail("Choose a password.");
        }

        if (settings.Flag("check_static_rules", true) && PasswordRules.Missing(settings, password) is { Count: > 0 } missing)
        {
            return settings.Text("error_message") is { Length: > 0 } told ? PolicyResult.Fail(told) : new PolicyResult(false, missing);
        }

        if (settings.Flag("check_zxcvbn", false)
            && PasswordStrength.ProblemOf(password, settings.Number("zxcvbn_score_threshold", 2), request.User, await BrandAsync(cancel)) is { } weak)
        {
            return PolicyResult.Fail(weak);
        }

        return settings.Flag("check_have_i_been_pwned", false) ? Answer(await breaches.CountAsync(password, cancel), settings.Number("hibp_allowed_count", 0)) : PolicyResult.Pass;
    }

    private static PolicyResult Answer(long? found, int allowed) =>
        found is not { } count ? PolicyResult.Fail("Passwords cannot be compared with known breaches at this moment. Try again in a few minutes.")
        : count <= allowed ? PolicyResult.Pass
        : PolicyResult.Fail($"This password is in known data breaches ({count} times). Choose one that you use nowhere else.");

    private async Task<string> BrandAsync(CancellationToken cancel) =>
        await database.Brands.Where(brand => brand.IsDefault).Select(brand => brand.BrandingTitle).FirstOrDefaultAsync(cancel) ?? "";
}
