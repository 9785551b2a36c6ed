using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Signing;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.OpenId;

public class DiscoveryTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    private const string Discovery = "application/o/wiki/.well-known/openid-configuration";

    [Fact]
    public async Task The_issuer_and_every_address_come_from_the_configured_public_address_whatever_the_request_says()
    {
        var plane = fixture.Plane;
        using var request = new HttpRequestMessage(HttpMethod.Get, Discovery);
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "http");
        request.Headers.Add("Forwarded", "host=evil.example");

        using var answer = await plane.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(OpenIdPlane.Issuer, document.GetProperty("issuer").GetString());
        Assert.DoesNotContain("evil", document.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["authorization_endpoint"] = "application/o/authorize/",
                ["token_endpoint"] = "application/o/token/",
                ["userinfo_endpoint"] = "application/o/userinfo/",
                ["introspection_endpoint"] = "application/o/introspect/",
                ["revocation_endpoint"] = "application/o/revoke/",
                ["end_session_endpoint"] = "application/o/wiki/end-session/",
                ["jwks_uri"] = "application/o/wiki/jwks/",
            }.ToDictionary(pair => pair.Key, pair => OpenIdPlane.PublicAddress + pair.Value),
            document.EnumerateObject().Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal) || member.Name == "jwks_uri")
                .ToDictionary(member => member.Name, member => member.Value.GetString()!));
    }

    [Fact]
    public async Task Without_a_public_address_the_answer_says_what_to_configure_and_names_no_issuer()
    {
        await using var plane = await OpenIdPlane.StartAsync(publicAddress: "");

        using var answer = await plane.Http.GetAsync(Discovery, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("public address", body, StringComparison.Ordinal);
        Assert.DoesNotContain("issuer", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_issuer_redirects_to_its_discovery_document()
    {
        var plane = fixture.Plane;

        using var answer = await plane.Http.GetAsync("application/o/wiki/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/" + Discovery, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("application/o/nobody/.well-known/openid-configuration")]
    [InlineData("application/o/nobody/jwks/")]
    [InlineData("application/o/nobody/")]
    [InlineData("application/o/token/jwks/")]
    [InlineData("jwks/")]
    [InlineData(".well-known/openid-configuration")]
    public async Task Nothing_is_published_for_what_is_no_application(string path)
    {
        var plane = fixture.Plane;

        using var answer = await plane.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_key_set_holds_the_openid_keys_and_the_assertion_keys_of_the_outposts_that_serve_the_application_and_no_ticket_key()
    {
        var plane = fixture.Plane;
        using var serving = EcKeys.Create();
        using var other = EcKeys.Create();
        await plane.ChangeAsync(context =>
        {
            var stranger = OutpostFactory.Add(context, plane.Service<KeyWrap>(), "another outpost", Samples.Now);
            context.AddRange(InstanceOf(plane.Outpost.Id, EcKeys.Publish(serving)), InstanceOf(stranger.Id, EcKeys.Publish(other)));
        });

        var document = await plane.Http.GetFromJsonAsync<JsonElement>("application/o/wiki/jwks/", TestContext.Current.CancellationToken);

        var keys = document.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!).ToHashSet();
        var ring = plane.Service<KeyRing>();
        Assert.Equal([.. ring.All(KeyPurpose.OpenId).Select(key => key.Kid), EcKeys.Publish(serving).Kid], keys);
        Assert.DoesNotContain(ring.Current(KeyPurpose.Ticket).Kid, keys);
        Assert.All(document.GetProperty("keys").EnumerateArray(), key => Assert.False(key.TryGetProperty("d", out _)));
    }

    [Fact]
    public async Task No_endpoint_answers_scripts_of_another_origin()
    {
        var plane = fixture.Plane;
        foreach (var path in (string[])[Discovery, "application/o/wiki/jwks/", "application/o/userinfo/", "application/o/token/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", "https://wiki.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");

            using var answer = await plane.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static OutpostInstance InstanceOf(Guid outpost, PublicKeyRecord key) => new()
    {
        OutpostId = outpost,
        Instance = Guid.NewGuid(),
        LastSeen = Samples.Now,
        AssertionKid = key.Kid,
        AssertionX = key.X,
        AssertionY = key.Y,
    };
}
