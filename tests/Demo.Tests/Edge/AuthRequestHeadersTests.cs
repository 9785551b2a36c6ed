using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Edge.Headers;
using Sidecar.Demo.Tests.Edge.Kit;

namespace Sidecar.Demo.Tests.Edge;

public sealed class AuthRequestHeadersTests
{
    private static readonly IReadOnlyList<AuthRequestCase> Cases = DataFile.Read<AuthRequestCase>("auth-request.json");

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var line in Cases)
        {
            foreach (var profile in Profiles.With(line.Needs).Where(profile => line.Without is null || !Profiles.Has(profile, line.Without)))
            {
                rows.Add($"{line.Id} {line.Name}", profile.ToString());
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TF_13_and_TF_14_headers_of_the_auth_request(string name, string profile)
    {
        var line = Cases.Single(line => $"{line.Id} {line.Name}" == name);

        var headers = Ask(line, TraefikFeatures.For(Enum.Parse<TraefikProfile>(profile)));

        Assert.All(line.Expected, expected => Assert.Equal(expected.Value, headers.First(expected.Key)));
        Assert.All(line.Absent, absent => Assert.False(headers.Has(absent), $"{absent} should not be sent"));
        if (line.Exactly)
        {
            var known = line.Expected.Keys.Select(HeaderNames.Canonical);
            Assert.Empty(headers.Names.Except(known).Except(["User-Agent"]));
        }
    }

    private static HeaderLines Ask(AuthRequestCase line, TraefikFeatures features)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Scheme = line.Tls ? "https" : "http";
        http.Request.Headers.Host = line.EmptyHost ? "" : "foo.bar";
        foreach (var (header, value) in line.Client)
        {
            http.Request.Headers[header] = value;
        }

        var options = new ForwardAuthOptions("auth", "http://auth/") { TrustForwardHeader = line.Trust, AuthRequestHeaders = line.Allow };
        IAuthRequestHeaders writer = features.TellsFalseFromUnset && line.Trust is not null
            ? new AuthRequestHeaders(options, features)
            : new LegacyAuthRequestHeaders(options);
        var headers = writer.Of(new EdgeExchange(http, features, "/path?q=1"));
        UserAgentRule.Apply(headers, options, features);
        return headers;
    }
}
