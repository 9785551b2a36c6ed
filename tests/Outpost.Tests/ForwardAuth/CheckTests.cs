using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class CheckTests
{
    [Fact]
    public async Task Lets_a_ticket_through_with_exactly_200_an_empty_body_and_every_identity_header()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/page?x=1").WithCookie(outpost.TicketCookie()));

        Assert.Equal(200, answer.Status);
        Assert.Equal("", answer.Body);
        Assert.Equal(0, answer.Headers.ContentLength);
        Assert.Equal("no-store", answer.Headers.CacheControl);
        Assert.Empty(answer.SetCookies);
        Assert.Equal("ana", answer.Headers["X-authentik-username"]);
        Assert.Equal("Staff", answer.Headers["X-authentik-groups"]);
        Assert.Equal("", answer.Headers["X-authentik-entitlements"]);
        Assert.Equal("ana@example.com", answer.Headers["X-authentik-email"]);
        Assert.Equal("ana Müller", answer.Headers["X-authentik-name"]);
        Assert.Equal("uid-of-ana", answer.Headers["X-authentik-uid"]);
        Assert.Equal("https://auth.example/application/o/wiki/jwks/", answer.Headers["X-authentik-meta-jwks"]);
        Assert.Equal("edge", answer.Headers["X-authentik-meta-outpost"]);
        Assert.Equal("wiki provider", answer.Headers["X-authentik-meta-provider"]);
        Assert.Equal("wiki", answer.Headers["X-authentik-meta-app"]);
        Assert.StartsWith("goauthentik.io/outpost/", answer.Headers["X-authentik-meta-version"]);
        var assertion = answer.Headers["X-authentik-jwt"].ToString();
        Assert.Equal("wiki-client", (string?)Jws.Payload(assertion)["aud"]);
        Assert.DoesNotContain(assertion, outpost.TicketCookie(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wiki.example", false)]
    [InlineData("WIKI.example:443", false)]
    [InlineData("open.example", true)]
    [InlineData("outpost.internal:9000", true)]
    [InlineData("", true)]
    public async Task Behind_nginx_the_rights_at_one_application_do_not_open_another_that_the_request_was_routed_to(string routedTo, bool enters)
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("open")));

        var answer = await outpost.AskAsync(Question.Nginx("https://open.example/").With("Host", routedTo).WithCookie(outpost.TicketCookie("open")));

        Assert.Equal(enters ? 200 : 403, answer.Status);
        Assert.Equal(enters ? "" : "ambiguous-forwarded-headers", answer.Reason);
    }

    [Theory]
    [InlineData("traefik")]
    [InlineData("caddy")]
    [InlineData("nginx")]
    [InlineData("envoy")]
    public async Task Every_proxy_gets_its_200_the_first_time_and_again(string proxy)
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var answer = await outpost.AskAsync(Question.Behind(proxy, "https://wiki.example/page").WithCookie(cookie));
            Assert.Equal(200, answer.Status);
            Assert.All(IdentityHeaders.All, name => Assert.True(answer.Headers.ContainsKey(name), name));
        }
    }

    [Fact]
    public async Task Sends_all_headers_empty_when_nobody_is_signed_in_on_a_public_path()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic("^/public/")));

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/public/logo.png"));

        Assert.Equal(200, answer.Status);
        Assert.All(IdentityHeaders.All, name => Assert.True(answer.Headers.ContainsKey(name), name));
        Assert.All(IdentityHeaders.All[..7], name => Assert.Equal("", answer.Headers[name]));
    }

    [Fact]
    public async Task Sends_nobodys_identity_where_a_path_is_public_but_the_bindings_refuse_the_person()
    {
        var other = SnapshotBuilder.ForGroup(new() { Id = Guid.NewGuid(), Name = "Others" });
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic("^/public/") with { Bindings = [other] }));
        var cookie = outpost.TicketCookie();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/public/x").WithCookie(cookie));
            Assert.Equal(200, answer.Status);
            Assert.Equal("", answer.Headers["X-authentik-username"]);
            Assert.Equal("", answer.Headers["X-authentik-jwt"]);
        }
    }

    [Fact]
    public async Task Refuses_a_person_outside_the_bindings_on_the_next_request()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki", SnapshotBuilder.ForGroup(OutpostUnderTest.Staff))));
        var cookie = outpost.TicketCookie();
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        outpost.ChangeAna(ana => ana with { Groups = [] });
        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().WithCookie(cookie));

        Assert.Equal(403, answer.Status);
        Assert.Equal("not-bound", answer.Reason);
        Assert.Contains("<html", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_deactivated_person_on_the_next_request()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic("^/public/")));
        var cookie = outpost.TicketCookie();
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        outpost.ChangeAna(ana => ana with { Active = false });

        Assert.Equal("principal-inactive", (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Reason);
    }

    [Fact]
    public async Task An_ended_session_is_over_on_the_next_request_and_signs_in_anew()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        outpost.ChangeAna(ana => ana with { Sessions = [] });

        Assert.Equal(302, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().WithCookie(cookie))).Status);
        var script = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie));
        Assert.Equal(401, script.Status);
        Assert.Equal("session-ended", script.Reason);
    }

    [Fact]
    public async Task A_sign_out_ends_the_requests_that_wait_for_the_control_plane_too()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        var answered = new TaskCompletionSource();
        outpost.ControlPlane.PrincipalGate = answered.Task;
        outpost.Get<PrincipalTable>().Invalidate(outpost.Ana.Id, outpost.Ana.Revision + 1);
        outpost.ControlPlane.Principals[outpost.Ana.Id] = outpost.Ana with { Revision = outpost.Ana.Revision + 1 };
        var waiting = outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie));

        outpost.Get<PrincipalTable>().EndSession(outpost.Session);
        answered.SetResult();

        Assert.Equal("session-ended", (await waiting).Reason);
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(60, true)]
    [InlineData(60, false)]
    public async Task A_ticket_that_is_known_still_ends_when_its_time_is_over(long lifetime, bool assertion)
    {
        // Within the five minutes of an assertion, and where none is sent, nothing else ends what was worked out for a ticket.
        var application = SnapshotBuilder.Application("wiki");
        await using var outpost = new OutpostUnderTest(builder => builder.With(application with { Provider = application.Provider with { SendAssertion = assertion } }));
        var cookie = $"{OutpostUnderTest.CookieName()}={outpost.TicketFor(outpost.Ana, lifetime: lifetime)}";
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        outpost.Time.Advance(TimeSpan.FromSeconds(lifetime + 31));

        Assert.Equal("ticket-expired", (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Reason);
    }

    [Fact]
    public async Task A_ticket_newer_than_the_held_principal_waits_for_the_newer_one()
    {
        await using var outpost = new OutpostUnderTest();
        var session = Guid.NewGuid();
        outpost.ControlPlane.Principals[outpost.Ana.Id] = outpost.Ana with { Revision = 20, Sessions = [session] };
        var ticket = outpost.TicketFor(outpost.Ana, session, revision: 20);

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), ticket));

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, outpost.ControlPlane.Fetches);
    }

    [Theory]
    [InlineData("traefik", 503)]
    [InlineData("nginx", 403)]
    [InlineData("envoy", 403)]
    public async Task A_principal_that_cannot_be_learnt_is_a_refusal_and_never_a_redirect(string proxy, int status)
    {
        await using var outpost = new OutpostUnderTest();
        outpost.ControlPlane.IsAway = true;
        var stranger = OutpostUnderTest.NewPrincipal("bo", Guid.NewGuid());

        var answer = await outpost.AskAsync(
            Question.Behind(proxy, "https://wiki.example/").Navigating().WithCookie(OutpostUnderTest.CookieName(), outpost.TicketFor(stranger)));

        Assert.Equal(status, answer.Status);
        Assert.Equal("principal-unavailable", answer.Reason);
        Assert.NotEmpty(answer.Headers.RetryAfter.ToString());
        Assert.Empty(answer.Location);
    }

    [Fact]
    public async Task Two_valid_tickets_of_different_people_are_nobody_and_are_logged()
    {
        await using var outpost = new OutpostUnderTest();
        var eve = OutpostUnderTest.NewPrincipal("eve", Guid.NewGuid());
        outpost.Apply(eve);
        var planted = $"{OutpostUnderTest.CookieName()}={outpost.TicketFor(eve)}";

        foreach (var cookies in new[] { $"{outpost.TicketCookie()}; {planted}", $"{planted}; {outpost.TicketCookie()}" })
        {
            var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookies));
            Assert.Equal(401, answer.Status);
            Assert.Equal("two-users", answer.Reason);
        }

        Assert.Contains(outpost.Log.GetSnapshot(), record => record.Message.Contains("two users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_planted_cookie_does_not_lock_a_person_out()
    {
        await using var outpost = new OutpostUnderTest();
        var name = OutpostUnderTest.CookieName();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie($"{name}=junk; {name}=; {outpost.TicketCookie()}"));

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task At_most_four_cookies_of_our_name_are_tried()
    {
        await using var outpost = new OutpostUnderTest();
        var junk = string.Concat(Enumerable.Repeat($"{OutpostUnderTest.CookieName()}=junk; ", 4));

        Assert.Equal(401, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(junk + outpost.TicketCookie()))).Status);
    }

    [Fact]
    public async Task A_ticket_of_one_application_opens_no_other()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("mail")));
        var wiki = outpost.TicketFor(outpost.Ana);
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), wiki))).Status);

        Assert.Equal(401, (await outpost.AskAsync(Question.Traefik("https://mail.example/").WithCookie(OutpostUnderTest.CookieName("mail"), wiki))).Status);
    }

    [Fact]
    public async Task A_removed_ticket_key_ends_its_tickets_at_once()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        var other = new TicketMint(SnapshotBuilder.Installation);
        var snapshot = new SnapshotBuilder().With(SnapshotBuilder.Application("wiki")).WithTicketKey(other.PublicKey).Build();
        var holder = outpost.Get<Outpost.Snapshots.ServingHolder>();
        holder.Swap(holder.Current! with { Compiled = Decisions.CompiledSnapshot.TryCompile(snapshot, out _)! });

        Assert.Equal("ticket-invalid", (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Reason);
    }

    [Fact]
    public async Task A_new_snapshot_with_the_same_keys_keeps_tickets_and_applies_new_rules()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        outpost.Serve(builder => builder.WithRevision(2).With(
            SnapshotBuilder.Application("wiki", SnapshotBuilder.ForGroup(new() { Id = Guid.NewGuid(), Name = "Others" }))));

        Assert.Equal(403, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);
    }

    [Fact]
    public async Task Without_a_snapshot_everything_is_refused_with_503()
    {
        await using var outpost = new OutpostUnderTest();
        outpost.Get<Outpost.Snapshots.ServingHolder>().Swap(null);

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().WithCookie(outpost.TicketCookie()));

        Assert.Equal(503, answer.Status);
        Assert.Equal("no-snapshot", answer.Reason);
        Assert.NotEmpty(answer.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task Stale_rules_are_refused_after_the_limit_and_strict_applications_after_a_minute()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("vault") with { Strict = true }));
        var wiki = outpost.TicketCookie();
        var vault = outpost.TicketCookie("vault");

        outpost.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(wiki))).Status);
        Assert.Equal("stale", (await outpost.AskAsync(Question.Traefik("https://vault.example/").WithCookie(vault))).Reason);

        outpost.Time.Advance(TimeSpan.FromHours(12));
        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(wiki));
        Assert.Equal(503, answer.Status);
        Assert.Equal("stale", answer.Reason);
    }

    [Theory]
    [InlineData("traefik", 400)]
    [InlineData("caddy", 400)]
    [InlineData("nginx", 403)]
    [InlineData("envoy", 403)]
    public async Task An_unknown_host_is_a_configuration_error_and_never_another_application(string proxy, int status)
    {
        // authentik 1.2: the only application answered for any host.
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Behind(proxy, "https://other.example/").WithCookie(outpost.TicketCookie()));

        Assert.Equal(status, answer.Status);
        Assert.Equal("unknown-host", answer.Reason);
        Assert.Contains("other.example", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_alike_domain_is_not_below_the_cookie_domain()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(SnapshotBuilder.DomainApplication("all", "example.com")));
        var cookie = outpost.TicketCookie("all");

        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://a.example.com/").WithCookie(cookie))).Status);
        Assert.Equal("unknown-host", (await outpost.AskAsync(Question.Traefik("https://evilexample.com/").WithCookie(cookie))).Reason);
    }

    [Theory]
    [InlineData("198.51.100.9")]
    [InlineData(null)]
    public async Task Forwarded_headers_from_an_undeclared_peer_are_refused_by_name(string? peer)
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().WithCookie(outpost.TicketCookie()).From(peer));

        Assert.Equal(403, answer.Status);
        Assert.Equal("untrusted-peer", answer.Reason);
        Assert.Contains("AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS", answer.Body, StringComparison.Ordinal);
        Assert.Contains(outpost.Log.GetSnapshot(), record => record.Message.Contains(peer ?? "unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_query_of_the_check_itself_means_nothing()
    {
        // Caddy appends the client's query to the address of the check.
        await using var outpost = new OutpostUnderTest();
        var context = Question.Traefik("https://wiki.example/").Build();
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget =
            "/outpost.goauthentik.io/auth/caddy?X-authentik-auth-callback=true&X-authentik-logout=true&rd=https://evil.example/";

        await outpost.Get<OutpostDispatcher>().InvokeAsync(context);

        Assert.Equal(401, context.Response.StatusCode);
        Assert.Equal("not-signed-in", new Answer(context).Reason);
    }

    [Fact]
    public async Task A_member_of_too_many_groups_is_refused_by_the_settings_name_and_never_cut_short()
    {
        var application = SnapshotBuilder.Application("wiki");
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(application with { Provider = application.Provider with { IdentityBudgetBytes = 600 } }));

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie()));

        Assert.Equal(403, answer.Status);
        Assert.Equal("identity-too-large", answer.Reason);
        Assert.Contains("identity_budget_bytes", answer.Body, StringComparison.Ordinal);
    }

    private static Contracts.Snapshots.ApplicationRecord WithPublic(string expression)
    {
        var application = SnapshotBuilder.Application("wiki");
        return application with { Provider = application.Provider with { UnauthenticatedPaths = [expression] } };
    }
}
