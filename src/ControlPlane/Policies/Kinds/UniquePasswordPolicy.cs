using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>Refuses the password that the user has and those before it.</summary>
internal sealed class UniquePasswordPolicy(ControlPlaneContext database, PasswordWork work) : IPolicyHandler
{
    public static PolicyDescription Description { get; } = new()
    {
        Kind = PolicyKind.UniquePassword,
        Name = "Password Uniqueness Policy",
        Plural = "Password Uniqueness Policies",
        Summary = "Refuses the last passwords of the user, the present one among them.",
        NotAtBindings = PasswordPolicy.OnlyAtPrompts,
        Settings = [new PolicyText("password_field", "password"), new PolicyNumber("num_historical_passwords", 1, 1, PasswordSetter.MaxHistory)],
    };

    public string Kind => PolicyKind.UniquePassword;

    public async Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel)
    {
        if (request.Answers.GetValueOrDefault(policy.Settings.Text("password_field", "password")) is not { Length: > 0 } password)
        {
            return PolicyResult.Fail("Choose a password.");
        }

        foreach (var hash in request.User is { } user ? await HashesAsync(user, policy.Settings.Number("num_historical_passwords", 1), cancel) : [])
        {
            // Each hash is a name of its own: comparisons of one name are done once.
            switch (await work.CompareAsync(hash, hash, password, cancel))
            {
                case PasswordVerdict.Right:
                    return PolicyResult.Fail("You have used this password before. Choose another one.");
                case PasswordVerdict.Busy:
                    return PolicyResult.Fail("The server is busy. Try again in a few seconds.");
            }
        }

        return PolicyResult.Pass;
    }

    private async Task<IEnumerable<string>> HashesAsync(User user, int count, CancellationToken cancel)
    {
        var former = await database.FormerPasswords.Where(row => row.UserId == user.Id).OrderByDescending(row => row.ReplacedAt).ThenByDescending(row => row.Id)
            .Select(row => row.Hash).Take(count).ToListAsync(cancel);
        return former.Prepend(user.PasswordHash).OfType<string>().Take(count);
    }
}
