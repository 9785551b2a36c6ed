using System.Net;
using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Headers;
using Sidecar.Demo.Tests.Edge.Kit;

namespace Sidecar.Demo.Tests.Edge;

public sealed class EntryPointTests
{
    private static readonly IReadOnlyList<EntryPointCase> Cases = DataFile.Read<EntryPointCase>("entry-point.json");

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var line in Cases)
        {
            foreach (var profile in Profiles.With(line.Needs))
            {
                rows.Add($"{line.Id} {line.Name}", profile.ToString());
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TE_01_to_TE_28_headers_after_the_entry_point(string name, string profile)
    {
        var line = Cases.Single(line => $"{line.Id} {line.Name}" == name);
        var http = Request(line);
        var options = new EdgeOptions { Insecure = line.Insecure, TrustedIps = line.Trusted, ConnectionHeaders = line.Connection };

        new ForwardedHeaders(options, TraefikFeatures.For(Enum.Parse<TraefikProfile>(profile))) { ServerName = "edge.test" }.Apply(http);

        Assert.All(line.Expected, expected => Assert.Equal(expected.Value, http.Request.Headers[expected.Key].ToString()));
    }

    [Theory]
    [InlineData("foo,upgrade,bar", "websocket", true)]
    [InlineData("foo,bar,upgrade", "websocket", true)]
    [InlineData("upgrade,foo,bar", "websocket", true)]
    [InlineData("foo,bar", "websocket", false)]
    [InlineData("", "websocket", false)]
    [InlineData("foo,bar", "foo,bar", false)]
    [InlineData("upgrade", "foo,bar,websocket", true)]
    public void TE_isWebsocketRequest(string connection, string upgrade, bool expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Connection = connection;
        http.Request.Headers.Upgrade = upgrade;

        Assert.Equal(expected, WebSocketHandshake.Is(http.Request.Headers));
    }

    [Theory]
    [InlineData("simple remove", "foo", null, "", "", null, null)]
    [InlineData("remove and upgrade", "upgrade,foo", "test", "", "", "Upgrade", "test")]
    [InlineData("nothing to remove", "fii", null, "", "bar", null, null)]
    [InlineData("kept because the entry point lets it through", "Foo", null, "Foo", "bar", "Foo", null)]
    public void TE_Connection_and_TF_20(string name, string connection, string? upgrade, string kept, string foo, string? connectionAfter, string? upgradeAfter)
    {
        Assert.NotEmpty(name);
        var headers = new DefaultHttpContext().Request.Headers;
        (headers.Connection, headers["Foo"]) = (connection, "bar");
        if (upgrade is not null)
        {
            headers.Upgrade = upgrade;
        }

        ConnectionHeader.Apply(headers, isUntouchable: _ => false, passes: header => header == kept);

        Assert.Equal(foo, headers["Foo"].ToString());
        Assert.Equal(connectionAfter ?? "", headers.Connection.ToString());
        Assert.Equal(upgradeAfter ?? "", headers.Upgrade.ToString());
    }

    [Theory]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/%2e%2E/b?x=/../y", "/b?x=/../y")]
    [InlineData("//a///b/./c/", "/a/b/c/")]
    [InlineData("/a%2Fb%5c%00", "/a%2Fb%5C%00")]
    [InlineData("/../..", "/")]
    [InlineData("*", "*")]
    public void E4_paths_are_sanitised_and_encoded_slashes_stay(string target, string expected) =>
        Assert.Equal(expected, PathSanitizer.Sanitize(target));

    [Theory]
    [InlineData(UnderscoreStrategy.Keep, true, true)]
    [InlineData(UnderscoreStrategy.Delete, true, false)]
    [InlineData(UnderscoreStrategy.Reject, false, true)]
    public void E5_underscores_are_kept_deleted_or_refused(UnderscoreStrategy strategy, bool accepted, bool still)
    {
        var headers = new DefaultHttpContext().Request.Headers;
        headers["X_Auth_User"] = "x";

        Assert.Equal(accepted, UnderscoreHeaders.Accept(headers, strategy));
        Assert.Equal(still, headers.ContainsKey("X_Auth_User"));
    }

    private static DefaultHttpContext Request(EntryPointCase line)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = line.Tls ? "https" : "http";
        http.Connection.RemoteIpAddress = line.Peer is null ? null : IPAddress.Parse(line.Peer);
        if (line.Host is not null)
        {
            http.Request.Headers.Host = line.Host;
        }

        foreach (var (header, values) in line.Client)
        {
            http.Request.Headers[header] = values;
        }

        return http;
    }
}
