using System.Text.Json;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Tests.OpenId;

[Trait("Kind", "Slow")]
public class RelyingPartyTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    [Fact]
    public async Task A_client_that_is_not_ours_signs_in_verifies_the_id_token_by_the_published_keys_refreshes_and_revokes()
    {
        var visitor = await fixture.Plane.SignInAsync("relying-party");
        var folder = await RelyingPartyPackage.InstallAsync(TestContext.Current.CancellationToken);
        var input = JsonSerializer.Serialize(new
        {
            publicAddress = OpenIdPlane.PublicAddress,
            internalAddress = fixture.Plane.Http.BaseAddress!.AbsoluteUri,
            issuer = OpenIdPlane.Issuer,
            clientId = "client-of-wiki",
            clientSecret = OpenIdPlane.ClientSecret,
            redirectUri = OpenIdPlane.RedirectUri,
            cookie = $"authentik_session={visitor.Cookie}",
            scope = "openid profile email ak_proxy offline_access no-such-scope",
        });

        var output = await RelyingPartyPackage.RunAsync("node", ["sign-in.mjs"], folder, input, TestContext.Current.CancellationToken);

        using var report = JsonDocument.Parse(output);
        var seen = report.RootElement;
        Assert.Equal(fixture.Plane.Service<KeyRing>().Current(KeyPurpose.OpenId).Kid, seen.GetProperty("header").GetProperty("kid").GetString());
        Assert.Equal(visitor.User.Uid, seen.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal("relying-party", seen.GetProperty("userInfo").GetProperty("preferred_username").GetString());
        Assert.True(seen.GetProperty("introspected").GetBoolean());
        Assert.True(seen.GetProperty("refreshed").GetBoolean());
        Assert.False(seen.GetProperty("afterRevocation").GetBoolean());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("sidecar").ValueKind);
    }
}
