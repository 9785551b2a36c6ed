using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Authenticators;

public sealed class DevicesApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Users_see_and_name_their_own_devices_and_superusers_everybodys(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var (ana, pk) = await UserAsync(plane, "ana");
        var (ben, benPk) = await UserAsync(plane, "ben");
        using var client = await plane.SignedInAsync(pk, "ana");
        await AddAllAsync(plane, ana);
        await AddAllAsync(plane, ben);

        Assert.Equal(3, (await client.GotAsync("authenticators/all/")).GetArrayLength());
        Assert.Equal(6, (await plane.Admin.GotAsync("authenticators/admin/all/")).GetArrayLength());
        Assert.Equal(3, (await plane.Admin.GotAsync($"authenticators/admin/all/?user={benPk}")).GetArrayLength());
        Assert.Equal(0, (await plane.Admin.GotAsync("authenticators/admin/all/?user=999999")).GetArrayLength());
        foreach (var name in new[] { "totp", "static", "webauthn" })
        {
            var own = (await client.GotAsync($"authenticators/{name}/")).GetProperty("results");
            var device = Assert.Single(own.EnumerateArray());
            var path = $"authenticators/{name}/{device.GetProperty("pk")}/";
            Assert.Equal("ana", device.GetProperty("user").GetProperty("username").GetString());
            var others = (await plane.Admin.GotAsync($"authenticators/admin/{name}/")).GetProperty("results").EnumerateArray().ToList();
            Assert.Equal(2, others.Count);
            var bens = others.Single(other => other.GetProperty("user").GetProperty("username").GetString() == "ben").GetProperty("pk");

            Assert.Equal("mine", (await client.SentAsync(HttpMethod.Patch, path, new { name = "mine" }, 200)).GetProperty("name").GetString());
            await client.SentAsync(HttpMethod.Put, path, await client.GotAsync(path), 200);
            await client.RefusedAsync(HttpMethod.Put, path, new { }, "name");
            await client.RefusedAsync(HttpMethod.Patch, path, new { key = "x" }, "key");
            Assert.Empty((await client.GotAsync(path + "used_by/")).EnumerateArray());
            await client.GotAsync($"authenticators/{name}/{bens}/", 404);
            await client.SentAsync(HttpMethod.Delete, $"authenticators/{name}/{bens}/", null, 404);
            await plane.Admin.SentAsync(HttpMethod.Delete, $"authenticators/admin/{name}/{bens}/", null, 204);

            // A token shows no recent sign-in, whoever's it is.
            await client.SentAsync(HttpMethod.Delete, path, null, 403);
            await plane.Admin.SentAsync(HttpMethod.Delete, path.Replace("authenticators/", "authenticators/admin/", StringComparison.Ordinal), null, 204);
        }

        await using var context = plane.Plane.Open();
        Assert.Empty(await context.AuthenticatorDevices.ToListAsync(Cancel));
        Assert.Empty(await context.Set<StaticToken>().ToListAsync(Cancel));
        Assert.Equal(6, await context.AuditEvents.CountAsync(audit => audit.Action == "model_deleted" && audit.ModelName.EndsWith("device") && audit.Subject != "", Cancel));
    }

    [Fact]
    public async Task Nobody_deletes_a_device_of_their_own_by_a_token_and_in_a_browser_only_shortly_after_a_sign_in()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        Guid admin;
        await using (var context = plane.Plane.Open())
        {
            admin = (await context.Users.SingleAsync(user => user.Username == "akadmin", Cancel)).Id;
        }

        await Devices.AddTotpAsync(plane.Plane.Services, admin);
        var pk = (await plane.Admin.GotAsync("authenticators/totp/")).GetProperty("results")[0].GetProperty("pk");
        Assert.Contains("token", (await plane.Admin.SentAsync(HttpMethod.Delete, $"authenticators/totp/{pk}/", null, 403)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"authenticators/admin/totp/{pk}/", null, 403);

        var secret = await BrowserSessions.BeginAsync(plane, "akadmin");
        await using (var context = plane.Plane.Open())
        {
            var session = await context.Sessions.SingleAsync(Cancel);
            session.AuthenticatedAt = Samples.Now.AddHours(-1);
            await context.SaveChangesAsync(Cancel);
        }

        using var client = plane.ClientOf(null);
        Assert.Equal(403, await DeleteAsync(client, secret, $"authenticators/totp/{pk}/"));
        await using (var context = plane.Plane.Open())
        {
            (await context.Sessions.SingleAsync(Cancel)).AuthenticatedAt = TimeProvider.System.GetUtcNow();
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Equal(204, await DeleteAsync(client, secret, $"authenticators/totp/{pk}/"));
    }

    private static async Task<int> DeleteAsync(HttpClient client, string secret, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        BrowserSessions.SpeakWithProof(request, secret);
        using var response = await client.SendAsync(request, Cancel);
        return (int)response.StatusCode;
    }

    [Fact]
    public async Task No_answer_holds_a_key_or_a_recovery_code()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var (ana, _) = await UserAsync(plane, "ana");
        await AddAllAsync(plane, ana);

        var sheet = (await plane.Admin.GotAsync("authenticators/admin/static/")).GetProperty("results")[0];
        Assert.Equal(2, sheet.GetProperty("token_set").GetArrayLength());
        Assert.DoesNotContain("abcd2345", $"{sheet}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_deleted_user_leaves_no_device(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var (ana, pk) = await UserAsync(plane, "ana");
        await AddAllAsync(plane, ana);

        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/users/{pk}/", null, 204);

        await using var context = plane.Plane.Open();
        Assert.Empty(await context.AuthenticatorDevices.ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_deleted_set_up_stage_leaves_the_list_of_those_who_named_it()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var totp = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/authenticator/totp/", new { name = "one", digits = "8" }, 201)).GetProperty("pk").GetGuid();
        var sheet = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/authenticator/static/", new { name = "two" }, 201)).GetProperty("pk").GetGuid();
        var stage = await plane.Admin.SentAsync(
            HttpMethod.Post, "stages/authenticator/validate/", new { name = "both", not_configured_action = "configure", configuration_stages = new[] { totp, sheet } }, 201);
        var path = $"stages/authenticator/validate/{stage.GetProperty("pk")}/";

        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { configuration_stages = Array.Empty<Guid>() }, "not_configured_action");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { configuration_stages = new[] { Guid.Empty } }, "configuration_stages");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { device_classes = new[] { "sms" } }, "device_classes");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/authenticator/static/{sheet}/", new { token_length = 4 }, "token_length");
        Assert.Equal(["both"], (await plane.Admin.GotAsync($"stages/authenticator/totp/{totp}/used_by/")).EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        await plane.Admin.SentAsync(HttpMethod.Delete, $"stages/authenticator/totp/{totp}/", null, 204);
        Assert.Equal([$"{sheet}"], (await plane.Admin.GotAsync(path)).GetProperty("configuration_stages").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task A_second_factor_is_not_demanded_of_everybody_before_an_administrator_has_one()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var stage = (await plane.Admin.GotAsync("stages/authenticator/validate/?name=default-authentication-mfa-validation")).GetProperty("results")[0];
        var path = $"stages/authenticator/validate/{stage.GetProperty("pk")}/";
        var (ana, _) = await UserAsync(plane, "ana");
        await AddAllAsync(plane, ana);

        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { not_configured_action = "deny" }, "non_field_errors");
        await using (var context = plane.Plane.Open())
        {
            await AddAllAsync(plane, (await context.Users.SingleAsync(user => user.Username == "akadmin", Cancel)).Id);
        }

        await plane.Admin.SentAsync(HttpMethod.Patch, path, new { not_configured_action = "deny" }, 200);
    }

    private static async Task AddAllAsync(ApiPlane plane, Guid user)
    {
        await Devices.AddTotpAsync(plane.Plane.Services, user);
        await Devices.AddRecoveryCodesAsync(plane.Plane.Services, user, "abcd2345" + user.ToString("N")[^4..], "efgh2345");
        await using var context = plane.Plane.Open();
        context.AuthenticatorDevices.Add(new WebAuthnDevice
        {
            UserId = user,
            Name = "key",
            CredentialId = user.ToByteArray(),
            PublicKey = [1],
            SignCount = 0,
            Aaguid = Guid.Empty,
            CreatedAt = Samples.Now,
            UpdatedAt = Samples.Now,
        });
        await context.SaveChangesAsync(Cancel);
    }

    private static async Task<(Guid Id, int Pk)> UserAsync(ApiPlane plane, string name)
    {
        var made = await plane.CreateUserAsync(name);
        return (made.GetProperty("uuid").GetGuid(), made.GetProperty("pk").GetInt32());
    }
}
