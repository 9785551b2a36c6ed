using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sidecar.Contracts.Tickets;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Tickets;

public sealed class TicketIssuerTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_ticket_names_session_and_revision_and_verifies_with_the_ticket_key_alone(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var session = await scene.BeginSessionAsync();
        var grant = (await scene.IssueAsync(session))!;
        var ring = plane.Services.GetRequiredService<KeyRing>();
        await using var context = plane.Open();
        var installation = await context.Installations.SingleAsync(Cancel);

        var result = await Validate(grant.Ticket, ring.Current(KeyPurpose.Ticket), installation.Id, scene.ClientId);
        var foreign = await Validate(grant.Ticket, ring.Current(KeyPurpose.OpenId), installation.Id, scene.ClientId);

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.False(foreign.IsValid);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal((Ticket.Type, Ticket.Algorithm, scene.Ana.ToString()), (token.Typ, token.Alg, token.Subject));
        Assert.Equal(session.Id.ToString(), token.GetClaim(Ticket.SessionClaim).Value);
        Assert.Equal(grant.Principal.Revision, token.GetPayloadValue<long>(Ticket.RevisionClaim));
        Assert.Equal(["pwd"], token.GetPayloadValue<string[]>(Ticket.MethodsClaim));
        Assert.Equal([session.Id], grant.Principal.Sessions);

        // Twenty-four hours are asked for, but the session ends before.
        Assert.InRange(token.ValidTo, session.AbsoluteEnd.UtcDateTime.AddSeconds(-2), session.AbsoluteEnd.UtcDateTime);
        Assert.True(grant.Ticket.Length < 800);
    }

    [Fact]
    public async Task That_somebody_was_let_in_is_told_once_for_each_session_and_application()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var session = await scene.BeginSessionAsync();

        await scene.IssueAsync(session);
        await scene.IssueAsync(session);

        await using var context = plane.Open();
        var told = await context.AuditEvents.SingleAsync(audit => audit.Action == AuditEvent.Authorization, Cancel);
        var application = await context.Applications.SingleAsync(row => row.ProviderId == scene.Provider, Cancel);
        Assert.Equal((scene.Ana, "ana", $"{application.Id:D}"), (told.UserId, told.Username, told.ModelPk));
    }

    [Fact]
    public async Task No_ticket_for_a_session_that_ended()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var session = await scene.BeginSessionAsync();
        await using var context = plane.Open();
        context.Remove(await context.Sessions.SingleAsync(Cancel));
        await context.SaveChangesAsync(Cancel);

        Assert.Null(await scene.IssueAsync(session));
    }

    [Fact]
    public async Task No_ticket_for_a_provider_that_the_outpost_does_not_serve()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var session = await scene.BeginSessionAsync();
        await using var context = plane.Open();
        context.RemoveRange(await context.OutpostProviders.ToListAsync(Cancel));
        await context.SaveChangesAsync(Cancel);

        Assert.Null(await scene.IssueAsync(session));
    }

    private static Task<TokenValidationResult> Validate(string ticket, SigningKey key, Guid installation, string audience) =>
        new JsonWebTokenHandler().ValidateTokenAsync(ticket, new TokenValidationParameters
        {
            ValidIssuer = Ticket.IssuerOf(installation),
            ValidAudience = audience,
            ValidTypes = [Ticket.Type],
            ValidAlgorithms = [Ticket.Algorithm],
            IssuerSigningKey = new ECDsaSecurityKey(key.Key),
        });
}
