using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>
/// Passes while a password is younger than some days. Negated at stages of a sign-in flow that ask for a new password and write it, it forces the change;
/// as it is, it denies.
/// </summary>
internal sealed class PasswordExpiryPolicy(TimeProvider time) : IPolicyHandler
{
    public static PolicyDescription Description { get; } = new()
    {
        Kind = PolicyKind.PasswordExpiry,
        Name = "Password Expiry Policy",
        Plural = "Password Expiry Policies",
        Summary = "Passes while the user's password is younger than some days.",
        NotAtPrompts = "it looks at the password that the user has; bind it, negated, to the prompt and write stages of a sign-in flow.",
        Settings =
        [
            new PolicyNumber("days", 0, 1, 36_500) { IsRequired = true },
            new PolicyFlag("deny_only", true)
            {
                FixedBecause = "a password is never erased. Bind the policy, negated, to stages of the sign-in flow that ask for a new one and write it.",
            },
        ],
    };

    public string Kind => PolicyKind.PasswordExpiry;

    // Nobody known, or no password: nothing that could be too old. A hash without a date is of an unknown age.
    public Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel) => Task.FromResult(
        request.User is not { PasswordHash: not null } user || AgeOf(user.PasswordChangedAt) < TimeSpan.FromDays(policy.Settings.Number("days", 0))
            ? PolicyResult.Pass
            : PolicyResult.Fail("Your password has expired. Choose a new one."));

    private TimeSpan AgeOf(DateTimeOffset? changed) => changed is { } at ? time.GetUtcNow() - at : TimeSpan.MaxValue;
}
