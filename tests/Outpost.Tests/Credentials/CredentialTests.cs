using System.Text;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Credentials;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.Credentials;

public sealed class CredentialTests
{
    private static readonly Guid Id = Guid.Parse("0197a3c0-0000-7000-8000-0000000000e1");

    [Fact]
    public async Task An_accepted_bearer_token_brings_the_identity_and_is_asked_about_once()
    {
        await using var outpost = Accepting(out var token);

        for (var i = 0; i < 3; i++)
        {
            var answer = await AskAsync(outpost, "Bearer " + token);
            Assert.Equal(200, answer.Status);
            Assert.Equal("ana", answer.Headers["X-authentik-username"]);
            Assert.Empty(answer.SetCookies);
        }

        var check = Assert.Single(outpost.ControlPlane.Checked);
        Assert.Equal(("wiki-client", null, token), (check.ClientId, check.Username, check.Secret));
    }

    [Fact]
    public async Task Basic_authentication_takes_an_app_password_and_the_token_user_a_token()
    {
        await using var outpost = Accepting(out var password);

        Assert.Equal(200, (await AskAsync(outpost, Basic("ana", password))).Status);
        Assert.Equal("ana", outpost.ControlPlane.Checked[0].Username);
        Assert.Equal(200, (await AskAsync(outpost, Basic("goauthentik.io/token", password))).Status);
        Assert.Null(outpost.ControlPlane.Checked[1].Username);
    }

    [Fact]
    public async Task A_removed_credential_is_refused_on_the_next_request()
    {
        await using var outpost = Accepting(out var token);
        Assert.Equal(200, (await AskAsync(outpost, "Bearer " + token)).Status);

        outpost.ChangeAna(ana => ana with { Credentials = [] });

        var answer = await AskAsync(outpost, "Bearer " + token);
        Assert.Equal(401, answer.Status);
        Assert.Equal("credential-refused", answer.Reason);
        Assert.Single(outpost.ControlPlane.Checked);
    }

    [Fact]
    public async Task The_access_token_of_a_session_ends_with_a_sign_out_also_while_the_control_plane_is_away()
    {
        await using var outpost = Accepting(out var token);
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Accepted(new CredentialAnswer { Principal = outpost.Ana, CredentialId = outpost.Session });
        Assert.Equal(200, (await AskAsync(outpost, "Bearer " + token)).Status);

        outpost.ControlPlane.IsAway = true;
        await outpost.AskAsync(Question.Direct("https://wiki.example/outpost.goauthentik.io/sign_out").Navigating()
            .With("Sec-Fetch-Site", "same-origin").WithCookie(outpost.TicketCookie()));

        Assert.Equal("credential-refused", (await AskAsync(outpost, "Bearer " + token)).Reason);

        // Nor does a control plane that does not know of it yet bring it back.
        outpost.ControlPlane.IsAway = false;
        Assert.Equal("credential-refused", (await AskAsync(outpost, "bearer " + token)).Reason);
    }

    [Fact]
    public async Task A_credential_accepted_for_one_application_is_asked_about_again_at_another()
    {
        // CVE-2024-47077; peers.md 84: the cache's key holds the provider.
        await using var outpost = Accepting(out var token, builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("mail")));
        Assert.Equal(200, (await AskAsync(outpost, "Bearer " + token)).Status);
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Refused();

        Assert.Equal(401, (await outpost.AskAsync(Question.Traefik("https://mail.example/").With("Authorization", "Bearer " + token))).Status);
        Assert.Equal("mail-client", outpost.ControlPlane.Checked[^1].ClientId);
    }

    [Fact]
    public async Task A_credential_ends_at_its_own_time()
    {
        await using var outpost = Accepting(out var token);
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Accepted(
            new CredentialAnswer { Principal = outpost.Ana, CredentialId = Id, ExpiresAt = outpost.Now + 60 });
        Assert.Equal(200, (await AskAsync(outpost, "Bearer " + token)).Status);
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Refused();

        outpost.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(401, (await AskAsync(outpost, "Bearer " + token)).Status);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer junk")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer sdc_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Bearer eyJhbGciOiJFUzI1NiIsInR5cCI6InNpZGVjYXItdGlja2V0K2p3dCJ9.e30.AAAA")]
    [InlineData("Bearer x y")]
    [InlineData("Basic")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic YW5h")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic YW5hOg==")]
    [InlineData("Basic YW5hOnBhc3N3b3Jk")]
    [InlineData("Basic /////w==")]
    [InlineData("Digest username=ana")]
    [InlineData("Negotiate abc")]
    [InlineData("junk")]
    [InlineData("\u00e9")]
    public async Task Junk_is_refused_without_asking_anybody(string header)
    {
        await using var outpost = Accepting(out _);

        var answer = await AskAsync(outpost, header);

        Assert.Equal(401, answer.Status);
        Assert.Equal("credential-refused", answer.Reason);
        Assert.Empty(outpost.ControlPlane.Checked);
        Assert.DoesNotContain("Basic", answer.Headers.WWWAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_in_the_authorization_header_is_nothing_and_nobody_is_asked()
    {
        await using var outpost = Accepting(out _);

        Assert.Equal(401, (await AskAsync(outpost, "Bearer " + outpost.TicketFor(outpost.Ana))).Status);
        Assert.Empty(outpost.ControlPlane.Checked);
    }

    [Fact]
    public async Task A_foreign_JWT_is_asked_about()
    {
        await using var outpost = Accepting(out _);

        Assert.Equal(200, (await AskAsync(outpost, "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA")).Status);
    }

    [Fact]
    public async Task Beside_a_valid_ticket_the_header_is_ignored()
    {
        await using var outpost = Accepting(out _);

        var answer = await outpost.AskAsync(
            Question.Traefik("https://wiki.example/").With("Authorization", "Basic YW5hOnBhc3N3b3Jk").WithCookie(outpost.TicketCookie()));

        Assert.Equal(200, answer.Status);
        Assert.Empty(outpost.ControlPlane.Checked);
    }

    [Fact]
    public async Task Where_header_authentication_is_off_the_header_is_nothing()
    {
        var application = SnapshotBuilder.Application("wiki");
        await using var outpost = Accepting(out var token, builder =>
            builder.With(application with { Provider = application.Provider with { InterceptHeaderAuth = false } }));

        var answer = await AskAsync(outpost, "Bearer " + token);

        Assert.Equal("not-signed-in", answer.Reason);
        Assert.Empty(outpost.ControlPlane.Checked);
    }

    [Fact]
    public async Task A_browser_with_the_applications_own_basic_authentication_can_still_sign_in()
    {
        await using var outpost = Accepting(out _);

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().With("Authorization", "Basic YW5hOnBhc3N3b3Jk"));

        Assert.Equal(302, answer.Status);
    }

    [Fact]
    public async Task The_control_plane_away_is_503_and_not_a_refusal_of_the_credential()
    {
        await using var outpost = Accepting(out var token);
        outpost.ControlPlane.IsAway = true;

        var answer = await AskAsync(outpost, "Bearer " + token);

        Assert.Equal(503, answer.Status);
        Assert.Equal("control-plane-away", answer.Reason);
    }

    [Fact]
    public async Task An_address_that_guesses_is_slowed_down_and_others_are_not()
    {
        await using var outpost = Accepting(out _);
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Refused();
        var reasons = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            reasons.Add((await AskAsync(outpost, "Bearer " + CredentialFormat.Create())).Reason);
        }

        Assert.Contains("credential-busy", reasons);
        Assert.InRange(outpost.ControlPlane.Checked.Count, 10, 50);
        var other = await outpost.AskAsync(Question.Traefik("https://wiki.example/")
            .With("X-Forwarded-For", "198.51.100.77").With("Authorization", "Bearer " + CredentialFormat.Create()));
        Assert.Equal("credential-refused", other.Reason);
    }

    [Fact]
    public async Task Many_requests_at_once_with_one_credential_are_one_check()
    {
        await using var outpost = Accepting(out var token);
        var gate = new TaskCompletionSource();
        outpost.ControlPlane.CheckGate = gate.Task;

        // More than an address's bucket holds: who joins pays nothing.
        var waiting = Enumerable.Range(0, 100).Select(_ => AskAsync(outpost, "Bearer " + token)).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(waiting);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(outpost.ControlPlane.Checked);
    }

    [Fact]
    public async Task A_refusal_is_shared_by_those_who_waited_and_not_remembered()
    {
        await using var outpost = Accepting(out var token);
        var gate = new TaskCompletionSource();
        outpost.ControlPlane.CheckGate = gate.Task;
        var accept = outpost.ControlPlane.Check;
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Refused();

        var (one, two) = (AskAsync(outpost, "Bearer " + token), AskAsync(outpost, "Bearer " + token));
        gate.SetResult();
        Assert.Equal((401, 401), ((await one).Status, (await two).Status));
        outpost.ControlPlane.Check = accept;

        Assert.Equal(200, (await AskAsync(outpost, "Bearer " + token)).Status);
        Assert.Equal(2, outpost.ControlPlane.Checked.Count);
    }

    [Fact]
    public async Task An_inactive_owner_is_refused_and_bindings_apply_to_credentials_too()
    {
        await using var outpost = Accepting(out var token, builder =>
            builder.With(SnapshotBuilder.Application("wiki", SnapshotBuilder.ForGroup(OutpostUnderTest.Staff))));
        Assert.Equal(200, (await AskAsync(outpost, "Bearer " + token)).Status);

        outpost.ChangeAna(ana => ana with { Groups = [] });
        Assert.Equal("not-bound", (await AskAsync(outpost, "Bearer " + token)).Reason);

        outpost.ChangeAna(ana => ana with { Active = false });
        Assert.Equal("principal-inactive", (await AskAsync(outpost, "Bearer " + token)).Reason);
    }

    [Fact]
    public async Task No_secret_is_ever_logged()
    {
        await using var outpost = Accepting(out var token);
        await AskAsync(outpost, "Bearer " + token);
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Refused();
        var other = CredentialFormat.Create();
        await AskAsync(outpost, "Bearer " + other);
        await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie() + "x"));

        Assert.All(outpost.Log.GetSnapshot(), record =>
        {
            Assert.DoesNotContain(token, record.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(other, record.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("eyJ", record.Message, StringComparison.Ordinal);
        });
    }

    private static OutpostUnderTest Accepting(out string credential, Action<SnapshotBuilder>? snapshot = null)
    {
        credential = CredentialFormat.Create();
        var outpost = new OutpostUnderTest(snapshot);
        outpost.ChangeAna(ana => ana with { Credentials = [Id] });
        outpost.ControlPlane.Check = _ => new CredentialOutcome.Accepted(new CredentialAnswer { Principal = outpost.Ana, CredentialId = Id });
        return outpost;
    }

    private static Task<Answer> AskAsync(OutpostUnderTest outpost, string authorization) =>
        outpost.AskAsync(Question.Traefik("https://wiki.example/api").With("Authorization", authorization));

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
