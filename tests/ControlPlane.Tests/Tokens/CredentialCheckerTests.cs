using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.Tokens;

public sealed class CredentialCheckerTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_live_app_password_signs_its_owner_in_and_its_removal_takes_that_back(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var (id, secret) = await scene.MakeTokenAsync(TokenIntent.AppPassword);

        var basic = await CheckAsync(plane, scene, secret, "ANA");
        var bearer = await CheckAsync(plane, scene, secret, null);
        await using (var context = plane.Open())
        {
            context.Remove(await context.Tokens.SingleAsync(token => token.Id == id, Cancel));
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Equal([basic!.CredentialId], basic.Principal.Credentials);
        Assert.Equal(basic.CredentialId, bearer!.CredentialId);
        Assert.Equal(scene.Ana, bearer.Principal.Id);
        Assert.NotNull(basic.ExpiresAt);
        Assert.Null(await CheckAsync(plane, scene, secret, null));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_replaced_secret_is_another_credential_and_outposts_hear_of_it(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var (id, secret) = await scene.MakeTokenAsync(TokenIntent.AppPassword);
        var replacement = CredentialFormat.Create();
        var before = await CheckAsync(plane, scene, secret, "ana");
        await using (var context = plane.Open())
        {
            TokenSecret.Replace(await context.Tokens.SingleAsync(token => token.Id == id, Cancel), plane.Services.GetRequiredService<KeyWrap>(), replacement);
            await context.SaveChangesAsync(Cancel);
        }

        var after = await CheckAsync(plane, scene, replacement, "ana");

        Assert.Null(await CheckAsync(plane, scene, secret, "ana"));
        Assert.NotEqual(before!.CredentialId, after!.CredentialId);
        Assert.Equal([after.CredentialId], after.Principal.Credentials);
        Assert.True(after.Principal.Revision > before.Principal.Revision);
    }

    [Fact]
    public async Task Nothing_else_signs_anybody_in()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var (_, good) = await scene.MakeTokenAsync(TokenIntent.AppPassword);
        var (_, expired) = await scene.MakeTokenAsync(TokenIntent.AppPassword, token => token.ExpiresAt = Samples.Now.AddSeconds(-1));
        var (_, timeless) = await scene.MakeTokenAsync(TokenIntent.AppPassword, token => token.ExpiresAt = null);
        var (_, recovery) = await scene.MakeTokenAsync(TokenIntent.Recovery);

        Assert.Null(await CheckAsync(plane, scene, good, "ben"));
        Assert.Null(await CheckAsync(plane, scene, good + "x", null));
        Assert.Null(await CheckAsync(plane, scene, "", null));
        Assert.Null(await CheckAsync(plane, scene, expired, null));
        Assert.Null(await CheckAsync(plane, scene, timeless, null));
        Assert.Null(await CheckAsync(plane, scene, recovery, null));
        Assert.Null(await CheckAsync(plane, scene, Scene.OutpostToken, null));
        Assert.Null(await CheckAsync(plane, scene, good, null, outpost: Guid.NewGuid()));
        Assert.NotNull(await CheckAsync(plane, scene, good, "ana"));
    }

    [Fact]
    public async Task A_credential_opens_no_application_that_its_owner_may_not_enter()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var (_, secret) = await scene.MakeTokenAsync(TokenIntent.Api);
        await scene.LeaveStaffAsync();

        Assert.Null(await CheckAsync(plane, scene, secret, null));
    }

    [Fact]
    public async Task A_disabled_user_and_a_provider_that_takes_no_header_refuse()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var (_, secret) = await scene.MakeTokenAsync(TokenIntent.Api);
        await using var context = plane.Open();
        var user = await context.Users.SingleAsync(row => row.Id == scene.Ana, Cancel);

        user.IsActive = false;
        await context.SaveChangesAsync(Cancel);
        var disabled = await CheckAsync(plane, scene, secret, null);
        user.IsActive = true;
        (await context.ProxyProviders.SingleAsync(Cancel)).InterceptHeaderAuth = false;
        await context.SaveChangesAsync(Cancel);

        Assert.Null(disabled);
        Assert.Null(await CheckAsync(plane, scene, secret, null));
    }

    private static async Task<CredentialAnswer?> CheckAsync(TestPlane plane, Scene scene, string secret, string? username, Guid? outpost = null)
    {
        await using var scope = plane.Scope();
        var check = new CredentialCheck { ClientId = scene.ClientId, Username = username, Secret = secret };
        return await scope.ServiceProvider.GetRequiredService<CredentialChecker>().CheckAsync(check, outpost ?? scene.Outpost, Cancel);
    }
}
