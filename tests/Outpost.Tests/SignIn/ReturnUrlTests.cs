using CsCheck;
using Sidecar.Outpost.SignIn;

namespace Sidecar.Outpost.Tests.SignIn;

public sealed class ReturnUrlTests
{
    private static readonly ReturnScope Single = new(Origin.TryCreate("https://wiki.example")!, "");
    private static readonly ReturnScope Domain = new(Origin.TryCreate("https://login.corp.example")!, "corp.example");

    [Fact]
    public void Whatever_passes_is_an_address_of_the_application_to_a_browser_too()
    {
        var pieces = Gen.OneOf(
            "/", "\\", ":", "@", "?", "#", ".", "..", "%2f", "%5c", "%00", "\t", "\r\n", " ", "https:", "http:", "//", "wiki.example", "corp.example",
            "evil.example", "a.", "[", "]", "443", "é", "%", "x");
        pieces.Array[1, 8].Select(string.Concat).Sample(
            text =>
            {
                foreach (var scope in new[] { Single, Domain })
                {
                    if (ReturnUrl.Validate(text, scope, scope.Origin.Text) is { } url)
                    {
                        var parsed = new Uri(url);
                        Assert.Equal("https", parsed.Scheme);
                        Assert.Equal(443, parsed.Port);
                        Assert.Empty(parsed.UserInfo);
                        Assert.True(scope.Allows(parsed.IdnHost), url);
                        Assert.True(System.Text.Ascii.IsValid(url));
                        Assert.DoesNotContain('\\', url);
                    }
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void An_address_longer_than_a_browser_keeps_is_refused() =>
        Assert.Null(ReturnUrl.Validate("/" + new string('a', ReturnUrl.MaxLength), Single, Single.Origin.Text));

    [Theory]
    [InlineData("rd=/deny?x=1&y=2", "/deny?x=1&y=2")]
    [InlineData("rd=https://wiki.example/a?b=c&d", "https://wiki.example/a?b=c&d")]
    [InlineData("rd=%2Fdeny%3Fx%3D1%26y%3D2", "/deny?x=1&y=2")]
    [InlineData("rd=https%3A%2F%2Fwiki.example%2F&other=1", "https://wiki.example/")]
    [InlineData("a=b&rd=/x?y&z", "/x?y&z")]
    [InlineData("rd=%252F%252Fevil", "%2F%2Fevil")]
    [InlineData("a=rd=/x", null)]
    [InlineData("xrd=/x", null)]
    [InlineData("", null)]
    [InlineData("rd=", "")]
    public void Reads_rd_as_nginx_and_as_everybody_else_writes_it(string query, string? expected) =>
        Assert.Equal(expected, QueryReader.ReturnTo(query));
}
