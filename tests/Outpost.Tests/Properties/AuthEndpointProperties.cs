using System.Globalization;
using CsCheck;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tests.Properties;

/// <summary>
/// The whole auth endpoint against <see cref="Reference"/>, with requests at random in a world that changes. The same requests every time; another seed or more
/// of them by <c>SIDECAR_TEST_SEED</c> and <c>SIDECAR_TEST_CASES</c>.
/// </summary>
public sealed class AuthEndpointProperties(ITestOutputHelper output)
{
    private const ulong UsualSeed = 20_261_124;
    private const uint UsualCases = 6_000;

    [Fact]
    public async Task Only_a_valid_ticket_of_this_application_a_valid_credential_or_a_public_path_is_200()
    {
        var seed = Variable("SIDECAR_TEST_SEED", UsualSeed);
        var cases = (uint)Variable("SIDECAR_TEST_CASES", UsualCases);
        output.WriteLine($"SIDECAR_TEST_SEED={seed} SIDECAR_TEST_CASES={cases}");
        await using var world = new World();
        var requests = new AnyRequest(world).All;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);

        for (uint i = 0; i < cases; i++)
        {
            var request = requests.Generate(new PCG(i, seed), null, out _);
            world.Happen(request.Before);
            var passes = await JudgeAsync(world, request, i, seed);
            seen[passes] = seen.GetValueOrDefault(passes) + 1;
            world.Outpost.Log.Clear();
        }

        output.WriteLine(string.Join(", ", seen.OrderByDescending(one => one.Value).Select(one => $"{one.Key}: {one.Value}")));
        Assert.All(["as ana", "as eve", "as nobody", "not-signed-in", "ticket-invalid", "session-ended", "ticket-expired", "two-users", "not-bound", "principal-inactive", "spoofed-header", "unknown-host", "ambiguous-path", "untrusted-peer"],
            kind => Assert.True(seen.GetValueOrDefault(kind) > 0, $"no case was {kind}"));
    }

    /// <returns>What came of it, to see that nothing is left out.</returns>
    private static async Task<string> JudgeAsync(World world, RequestCase request, uint i, ulong seed)
    {
        var names = Reference.MayPassAs(world, request);
        var answer = await world.Outpost.AskAsync(request.Build(string.Create(CultureInfo.InvariantCulture, $"198.{18 + (i >> 16)}.{(i >> 8) & 0xff}.{i & 0xff}")));
        var what = $"case {i} of seed {seed}: {answer.Status} {answer.Reason} '{answer.Headers["X-authentik-username"]}', may pass as [{string.Join(", ", names)}]\n{request}";
        Assert.False(world.Secrets.Any(secret => answer.Body.Contains(secret, StringComparison.Ordinal) || answer.Location.Contains(secret, StringComparison.Ordinal)), what);
        if (answer.Status is < 300)
        {
            Assert.True(answer.Status == 200 && names.Contains(answer.Headers["X-authentik-username"].ToString()), what);
            Assert.True(IdentityHeaders.All.All(answer.Headers.ContainsKey), what);
            return answer.Headers["X-authentik-username"] is { Count: 1 } name && name != "" ? "as " + name : "as nobody";
        }

        Assert.True(answer.Status is 302 or (>= 400 and < 500), what);
        Assert.True(names.Count == 0 || !Reference.IsPlain(request), what);
        Assert.True(!answer.Headers.ContainsKey("X-authentik-username"), what);
        return answer.Status == 302 ? "redirected" : answer.Reason;
    }

    private static ulong Variable(string name, ulong usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : usual;
}
