using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Pages;
using Sidecar.Outpost.Tests.Harness;

namespace Sidecar.Outpost.Tests.Pages;

public sealed partial class PageTests
{
    private const string Script = "\"'><script>alert(1)</script>";

    [Fact]
    public void Every_reason_has_a_page_and_no_reason_and_proxy_has_a_status_that_lets_a_request_through()
    {
        foreach (var reason in Enum.GetValues<Reason>())
        {
            Assert.Contains(Reasons.IdOf(reason), RefusalPage.Render(new Refusal(reason), null), StringComparison.Ordinal);
            foreach (var dialect in Enum.GetValues<Dialect>())
            {
                Assert.InRange(RefusalStatus.Of(reason, dialect), 400, 599);
            }

            Assert.True(RefusalStatus.Of(reason, Dialect.Nginx) is 401 or 403);
            Assert.True(RefusalStatus.Of(reason, Dialect.Envoy) < 500);
        }
    }

    [Fact]
    public void Whatever_comes_from_outside_is_encoded()
    {
        var page = RefusalPage.Render(
            new Refusal(Reason.UnknownHost) { Detail = Script, ActionUrl = Script, ActionText = Script, Application = Script },
            new BrandRecord { Title = Script, Logo = "data:image/png;base64,\"" + Script });

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("'>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/logo.png")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    public void A_logo_that_is_no_image_of_its_own_is_not_used(string logo) =>
        Assert.DoesNotContain("<img", RefusalPage.Render(new Refusal(Reason.NotBound), new BrandRecord { Title = "x", Logo = logo }), StringComparison.Ordinal);

    [Fact]
    public void A_page_stays_small_whatever_it_has_to_say()
    {
        var page = RefusalPage.Render(
            new Refusal(Reason.NotBound) { Detail = new string('d', 300) },
            new BrandRecord { Title = new string('t', 10_000), Logo = "data:image/png;base64," + new string('A', 60_000) });

        Assert.True(Encoding.UTF8.GetByteCount(page) < 16 * 1024);
    }

    [Fact]
    public void The_policy_allows_exactly_the_pages_own_style_and_nothing_else()
    {
        var page = RefusalPage.Render(new Refusal(Reason.NotBound), null);
        var style = Style().Match(page).Groups[1].Value;

        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", PageStyle.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", PageStyle.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_navigation_gets_a_page_and_a_program_gets_JSON_with_the_same_reason()
    {
        await using var outpost = new OutpostUnderTest();

        var page = await outpost.AskAsync(Question.Traefik("https://other.example/").Navigating());
        var json = await outpost.AskAsync(Question.Traefik("https://other.example/"));

        Assert.Equal("text/html; charset=utf-8", page.Headers.ContentType);
        Assert.Contains("Example &amp; Sons", page.Body, StringComparison.Ordinal);
        Assert.Equal(page.Headers.ContentLength, Encoding.UTF8.GetByteCount(page.Body));
        Assert.Equal("nosniff", page.Headers.XContentTypeOptions);
        Assert.Equal("no-store", page.Headers.CacheControl);
        Assert.Equal("application/json", json.Headers.ContentType);
        Assert.Equal("unknown-host", (string?)json.Json["reason"]);
        Assert.NotEqual("", (string?)json.Json["help"]);
    }

    [GeneratedRegex("<style>(.*)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
