using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Bootstrap;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.Bootstrap;

public sealed class SeederTests(PostgresFixture postgres)
{
    private const string OutpostToken = "0123456789012345678901234567890123456789";

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_objects_that_existing_deployments_name_are_there_after_the_first_start(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();

        string[] flows =
        [
            "default-authentication-flow", "default-authenticator-static-setup", "default-authenticator-totp-setup", "default-authenticator-webauthn-setup", "default-enrollment-flow", "default-invalidation-flow", "default-password-change",
            "default-provider-authorization-explicit-consent", "default-provider-authorization-implicit-consent", "default-provider-invalidation-flow", "default-recovery-flow", "default-user-settings-flow", "initial-setup",
        ];
        Assert.Equal(flows, (await context.Flows.Select(flow => flow.Slug).ToListAsync(TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
        var akadmin = await context.Users.Include(user => user.Groups).SingleAsync(user => user.Username == "akadmin", TestContext.Current.CancellationToken);
        Assert.Equal("authentik Admins", Assert.Single(akadmin.Groups).Name);
        Assert.Null(akadmin.PasswordHash);
        Assert.NotEqual(0, akadmin.Pk);
        Assert.Equal("Sidecar", (await context.Brands.SingleAsync(brand => brand.Domain == "authentik-default", TestContext.Current.CancellationToken)).BrandingTitle);
        Assert.Equal("authentik Embedded Outpost", (await context.Outposts.SingleAsync(TestContext.Current.CancellationToken)).Name);
        Assert.Null((await context.Installations.SingleAsync(TestContext.Current.CancellationToken)).SetUpCompletedAt);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task What_an_administrator_deletes_stays_deleted(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var scope = plane.Scope();
        await using var context = plane.Open();
        context.Remove(await context.Flows.SingleAsync(flow => flow.Slug == "default-user-settings-flow", TestContext.Current.CancellationToken));
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);

        await scope.ServiceProvider.GetRequiredService<Seeder>().SeedAsync(TestContext.Current.CancellationToken);

        Assert.False(await context.Flows.AnyAsync(flow => flow.Slug == "default-user-settings-flow", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_bootstrap_variables_make_the_administrator_and_close_set_up()
    {
        await using var plane = await TestPlane.CreateAsync(
            postgres, DatabaseKind.Sqlite, ("AUTHENTIK_BOOTSTRAP_PASSWORD", "correct horse"), ("AUTHENTIK_BOOTSTRAP_TOKEN", "a-token"), ("AUTHENTIK_BOOTSTRAP_EMAIL", "root@example.com"));
        await using var context = plane.Open();

        var akadmin = await context.Users.SingleAsync(user => user.Username == "akadmin", TestContext.Current.CancellationToken);
        Assert.True(PasswordHasher.Verify(akadmin.PasswordHash, "correct horse"));
        Assert.False(PasswordHasher.Verify(akadmin.PasswordHash, "correct horsf"));
        Assert.Equal("root@example.com", akadmin.Email);
        var hash = CredentialFormat.HashOf("a-token");
        var token = await context.Tokens.SingleAsync(token => token.Hash == hash, TestContext.Current.CancellationToken);
        Assert.Equal(akadmin.Id, token.UserId);
        Assert.NotNull((await context.Installations.SingleAsync(TestContext.Current.CancellationToken)).SetUpCompletedAt);
    }

    [Fact]
    public async Task The_first_outpost_gets_the_token_that_was_given()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, ("SIDECAR_FIRST_OUTPOST_TOKEN", OutpostToken));
        await using var context = plane.Open();

        var outpost = await context.Outposts.SingleAsync(TestContext.Current.CancellationToken);
        var token = await context.Tokens.SingleAsync(token => token.UserId == outpost.ServiceAccountId, TestContext.Current.CancellationToken);

        Assert.Equal(outpost.TokenIdentifier, token.Identifier);
        Assert.Equal(OutpostToken, TokenSecret.Show(token, plane.Services.GetRequiredService<KeyWrap>()));
    }
}
