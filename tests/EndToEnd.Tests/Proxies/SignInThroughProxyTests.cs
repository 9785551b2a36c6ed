using System.Net;
using Sidecar.Demo.Edges;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>What a person sees who comes to a service behind each proxy.</summary>
[Trait("Kind", "Slow")]
public sealed class SignInThroughProxyTests(ProxiedSite site)
{
    public static TheoryData<string> Kinds => [.. ProxyKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_browser_signs_in_and_is_back_where_it_wanted_to_be_with_its_identity(string kind)
    {
        var wanted = new Uri(ProxiedSite.Service, "/json?x=1&y=a%26b%3Dc&z=%C3%BC+d%20e");
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser();

        var page = await RunningProxy.SignInAsync(browser, wanted);

        Assert.True(page.Status == HttpStatusCode.OK && page.Address == wanted, $"{string.Join("\n", browser.Trail)}\n{page}");
        var seen = SeenByService.Read(page.Text);
        Assert.Equal(wanted.PathAndQuery, seen.Path);
        Assert.Equal(ProxiedSite.Member, seen.Header("X-authentik-username"));
        Assert.Equal(ProxiedSite.MemberName, seen.Header("X-authentik-name"));
        Assert.Equal("Staff", seen.Header("X-authentik-groups"));
        Assert.Equal("ana@example.com", seen.Header("X-authentik-email"));
        Assert.Equal("app", seen.Header("X-authentik-meta-app"));
        Assert.Equal(3, seen.Header("X-authentik-jwt")!.Split('.').Length);
        Assert.Subset(IdentityHeaders.Names.ToHashSet(StringComparer.OrdinalIgnoreCase), seen.Identity.Select(header => header.Name).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_person_who_may_not_enter_gets_a_page_that_says_why(string kind)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser(await site.TicketAsync(ProxiedSite.Stranger));

        var page = await browser.NavigateAsync(new Uri(ProxiedSite.Service, "/json"));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"][0]);
        Assert.Contains("Signed in as bob", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("X-authentik-jwt", page.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Signing_out_at_the_service_ends_the_session_everywhere(string kind)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser();
        var page = await RunningProxy.SignInAsync(browser, new Uri(ProxiedSite.Service, "/json"));
        var ticket = ProxiedSite.TicketOf(browser);
        Assert.True(ticket is not null, page.ToString());

        await browser.NavigateAsync(new Uri(ProxiedSite.Service, "/outpost.goauthentik.io/sign_out"));

        Assert.Null(ProxiedSite.TicketOf(browser));
        using var thief = (await site.ProxyAsync(kind)).OpenBrowser(ticket);
        page = await thief.NavigateAsync(new Uri(ProxiedSite.Service, "/json"));
        Assert.True(page.Address.AbsolutePath.StartsWith("/if/flow/", StringComparison.Ordinal), page.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_that_is_open_to_everybody_needs_no_session_and_shows_nobody(string kind)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser();

        var page = await browser.FetchAsync(HttpMethod.Get, new Uri(ProxiedSite.Service, "/public/logo"), ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(SeenByService.Read(page.Text).Identity.Where(header => !header.Name.Contains("-meta-", StringComparison.OrdinalIgnoreCase)), header => Assert.Empty(header.Value));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Somebody_in_two_hundred_groups_enters_with_all_of_them(string kind)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser(await site.TicketAsync(ProxiedSite.Joiner));

        var page = await browser.NavigateAsync(new Uri(ProxiedSite.Service, "/json"));

        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        var groups = SeenByService.Read(page.Text).Header("X-authentik-groups")!.Split('|');
        Assert.Equal([.. Enumerable.Range(0, ProxiedSite.ManyGroups).Select(ProxiedSite.GroupName).Append("Staff").Order(StringComparer.Ordinal)], groups);
    }
}
