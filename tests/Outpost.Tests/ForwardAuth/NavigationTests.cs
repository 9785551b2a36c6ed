using Microsoft.AspNetCore.Http;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class NavigationTests
{
    [Theory]
    [InlineData("GET", "Sec-Fetch-Mode: navigate", true)]
    [InlineData("HEAD", "Sec-Fetch-Mode: navigate", true)]
    [InlineData("GET", "Accept: text/html,application/xhtml+xml", true)]
    [InlineData("POST", "Sec-Fetch-Mode: navigate", false)]
    [InlineData("", "Sec-Fetch-Mode: navigate", false)]
    [InlineData("get", "Sec-Fetch-Mode: navigate", false)]
    [InlineData("OPTIONS", "Accept: text/html", false)]
    [InlineData("GET", "Sec-Fetch-Mode: cors|Accept: text/html", false)]
    [InlineData("GET", "Sec-Fetch-Site: same-origin|Accept: text/html", false)]
    [InlineData("GET", "Sec-Fetch-Dest: empty|Accept: text/html", false)]
    [InlineData("GET", "Accept: application/json", false)]
    [InlineData("GET", "Accept: */*", false)]
    [InlineData("GET", "", false)]
    [InlineData("GET", "Sec-Fetch-Mode: navigate|Upgrade: websocket", false)]
    [InlineData("GET", "Accept: text/html|Sec-WebSocket-Key: x", false)]
    [InlineData("GET", "Sec-Fetch-Mode: Navigate|Accept: text/html", false)]
    public void Is_a_person_who_opens_a_page_and_nothing_else(string method, string headers, bool expected)
    {
        var dictionary = new HeaderDictionary();
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            dictionary.Append(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        }

        Assert.Equal(expected, Navigation.Is(dictionary, method));
    }

    [Fact]
    public void A_mode_that_came_twice_is_none() =>
        Assert.False(Navigation.Is(new HeaderDictionary { ["Sec-Fetch-Mode"] = new(["navigate", "cors"]) }, "GET"));
}
