using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edge;

public sealed class ConnectTests
{
    public static TheoryData<string> Profiles => Kit.Profiles.NamesWith("SkipsConnectBody");

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task TF_04a_a_chunked_CONNECT_is_asked_about_without_its_body(string profile)
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await StartAsync(profile, auth);

        await RawClient.SendAsync(edge.Server.HttpAddress, "CONNECT app.test:443 HTTP/1.1\nHost: app.test:443\nTransfer-Encoding: chunked", "4\r\ndata\r\n0\r\n\r\n");

        AssertAsked(auth, edge, length: null);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task TF_04b_a_CONNECT_of_known_length_is_asked_about_with_its_body(string profile)
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await StartAsync(profile, auth);

        await RawClient.SendAsync(edge.Server.HttpAddress, "CONNECT app.test:443 HTTP/1.1\nHost: app.test:443\nContent-Length: 4", "data");

        AssertAsked(auth, edge, length: 4);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task TF_04c_over_HTTP_2_a_CONNECT_of_unknown_length_is_asked_about_without_its_body(string profile)
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await StartAsync(profile, auth);

        Assert.True(await RawHttp2Connect.SendAsync(edge.Server.HttpsAddress, "app.test:443", "data", withLength: false));

        AssertAsked(auth, edge, length: null);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task TF_04d_over_HTTP_2_a_CONNECT_of_known_length_is_asked_about_with_its_body(string profile)
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await StartAsync(profile, auth);

        Assert.True(await RawHttp2Connect.SendAsync(edge.Server.HttpsAddress, "app.test:443", "data", withLength: true));

        AssertAsked(auth, edge, length: 4);
    }

    private static Task<EdgeFixture> StartAsync(string profile, RawStub auth) => EdgeFixture.StartAsync(
        profile,
        auth: forward => forward with { Address = auth.Address.AbsoluteUri, ForwardBody = true, PreserveRequestMethod = true },
        edge: options => options with { HttpsPort = 0 });

    private static void AssertAsked(RawStub auth, EdgeFixture edge, int? length)
    {
        Assert.StartsWith("CONNECT ", auth.Lines[0], StringComparison.Ordinal);
        Assert.Equal(length is null ? null : $"Content-Length: {length}", auth.Lines.SingleOrDefault(line => line.StartsWith("Content-Length", StringComparison.Ordinal)));
        Assert.DoesNotContain(auth.Lines, line => line.StartsWith("Transfer-Encoding", StringComparison.Ordinal));
        Assert.Single(edge.AppCalls);
        Assert.Equal("data", edge.AppBody);
    }
}
