using Microsoft.AspNetCore.Http;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Policies;

public sealed class KnownBreachesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_password_of_known_breaches_is_refused_and_only_five_digits_of_its_hash_are_sent()
    {
        await using var breaches = await BreachServer.StartAsync();
        breaches.Knows("correct horse battery staple", 3);
        await using var plane = await StartAsync(breaches.Address);

        Assert.Contains("3 times", await SaidAsync(plane, "correct horse battery staple", allowed: 2), StringComparison.Ordinal);
        Assert.Equal("", await SaidAsync(plane, "correct horse battery staple", allowed: 3));
        Assert.Equal("", await SaidAsync(plane, "another horse battery staple", allowed: 0));
        Assert.All(breaches.Asked, asked => Assert.Matches("^[0-9A-F]{5} true$", asked));
    }

    [Theory]
    [InlineData("away")]
    [InlineData("error")]
    [InlineData("portal")]
    [InlineData("empty")]
    public async Task While_breaches_cannot_be_asked_a_new_password_is_refused_and_told_to_come_again(string fault)
    {
        await using var breaches = await BreachServer.StartAsync();
        var address = breaches.Address;
        breaches.Answer = fault switch
        {
            "error" => _ => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            "portal" => _ => Results.Text("<html>Please accept our terms</html>"),
            _ => _ => Results.Text(""),
        };
        if (fault == "away")
        {
            await breaches.DisposeAsync();
        }

        await using var plane = await StartAsync(address);

        Assert.Contains("Try again", await SaidAsync(plane, "correct horse battery staple", allowed: 0), StringComparison.Ordinal);
    }

    private Task<ApiPlane> StartAsync(Uri breaches) => ApiPlane.StartAsync(postgres, DatabaseKind.Sqlite, ("SIDECAR_BREACHES_URL", breaches.AbsoluteUri));

    /// <summary>Empty: passed.</summary>
    private static async Task<string> SaidAsync(ApiPlane plane, string password, int allowed)
    {
        var user = (await plane.Admin.GotAsync("core/users/me/")).GetProperty("user").GetProperty("pk").GetInt32();
        var policy = await plane.Admin.SentAsync(
            HttpMethod.Post, "policies/password/", new { name = $"{Guid.NewGuid()}", check_have_i_been_pwned = true, hibp_allowed_count = allowed }, 201);
        var result = await plane.Admin.SentAsync(HttpMethod.Post, $"policies/all/{policy.GetProperty("pk")}/test/", new { user, context = new { password } }, 200);
        Assert.Equal(result.GetProperty("passing").GetBoolean(), result.GetProperty("messages").GetArrayLength() == 0);
        return string.Join(' ', result.GetProperty("messages").EnumerateArray().Select(message => message.GetString()));
    }
}
