using System.Net;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Server;

public sealed class ForwardedPeersTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("10.9.8.0/24", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    public async Task Forwarded_headers_from_an_undeclared_peer_are_refused_with_the_variable_that_declares_it(string declared, HttpStatusCode expected)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, ("AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS", declared));
        using var client = new HttpClient { BaseAddress = await plane.StartAsync() };
        using var request = new HttpRequestMessage(HttpMethod.Get, "-/health/live/");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.BadRequest)
        {
            Assert.Contains("AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_server_is_ready_when_its_database_is()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        using var client = new HttpClient { BaseAddress = await plane.StartAsync() };

        using var response = await client.GetAsync(new Uri("-/health/ready/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
