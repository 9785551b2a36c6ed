using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edge;

public sealed class ForwardAuthTests
{
    public static TheoryData<string> All => Profiles.NamesWith("");

    public static TheoryData<string> V3 => Profiles.NamesWith("IsV3");

    public static TheoryData<string> WithPreserveRequestMethod => Profiles.NamesWith("HasPreserveRequestMethod");

    public static TheoryData<string> WithForwardBody => Profiles.NamesWith("HasForwardBody");

    public static TheoryData<string> WithAuthSigninUrl => Profiles.NamesWith("HasAuthSigninUrl");

    public static TheoryData<string> WithMaxResponseBodySize => Profiles.NamesWith("HasMaxResponseBodySize");

    public static TheoryData<string> WithHeaderField => Profiles.NamesWith("HasHeaderField");

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_01_a_refusal_reaches_the_client_with_its_headers_and_body(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, http =>
        {
            http.Response.Headers.ProxyAuthenticate = "test";
            return StubAuth.RefuseAsync(http, 403, "Forbidden");
        });

        var answer = await edge.GetAsync();

        Assert.Equal((403, "test", "Forbidden\n"), (answer.Status, answer.Header("Proxy-Authenticate"), answer.Body));
        Assert.Empty(edge.AppCalls);
    }

    [Theory]
    [MemberData(nameof(V3))]
    public async Task TF_02_an_allow_sets_the_listed_headers_and_cookies_and_nothing_else(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, AllowWithHeadersAsync, auth => auth with
        {
            AuthResponseHeaders = ["X-Auth-User", "X-Auth-Group"],
            AuthResponseHeadersRegex = "^Foo-",
            AddAuthCookiesToResponse = ["authCookie"],
        }, app: AppWithCookiesAsync);

        var answer = await edge.GetAsync("X-Auth-Group: admin_group\nFoo-Bar: client-value\nFoo-Baz: client-value\nX-Other: kept");

        var seen = Assert.Single(edge.AppCalls);
        Assert.Equal(["user@example.com"], seen["X-Auth-User"]);
        Assert.Equal(["group1", "group2"], seen["X-Auth-Group"]);
        Assert.Equal(["auth-value"], seen["Foo-Bar"]);
        Assert.Equal(["kept"], seen["X-Other"]);
        Assert.DoesNotContain("X-Auth-Secret", seen.Keys);
        Assert.DoesNotContain("Foo-Baz", seen.Keys);
        Assert.Equal(["backendCookie=Backend", "authCookie=Auth"], answer.All("Set-Cookie"));
        Assert.Equal("BackendHeaderValue", answer.Header("Other-Header"));
        Assert.Equal("traefik\n", answer.Body);
    }

    [Theory]
    [MemberData(nameof(WithForwardBody))]
    public async Task TF_03_a_body_at_the_limit_reaches_both(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, auth: auth => auth with { ForwardBody = true, MaxBodySize = 15 });

        var answer = await PostAsync(edge, "forwardBodyTest");

        Assert.Equal((200, "forwardBodyTest", "forwardBodyTest"), (answer.Status, edge.Auth.Call.Body, edge.AppBody));
    }

    [Theory]
    [MemberData(nameof(WithForwardBody))]
    public async Task TF_05_an_empty_body_is_forwarded_as_none(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, auth: auth => auth with { ForwardBody = true });

        var answer = await edge.GetAsync();

        Assert.Equal((200, "", 1), (answer.Status, edge.Auth.Call.Body, edge.AppCalls.Count));
        Assert.DoesNotContain("Content-Length", edge.Auth.Call.Headers.Keys);
    }

    [Theory]
    [MemberData(nameof(WithForwardBody))]
    public async Task TF_06_a_body_over_the_limit_is_401_and_nobody_is_called(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, auth: auth => auth with { ForwardBody = true, MaxBodySize = 14 });

        var answer = await PostAsync(edge, "forwardBodyTest");

        Assert.Equal((401, 0, 0), (answer.Status, edge.Auth.Calls.Count, edge.AppCalls.Count));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_07_by_default_the_auth_server_sees_no_body_but_its_type(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile);

        var answer = await PostAsync(edge, "forwardBodyTest");

        Assert.Equal((200, "", "forwardBodyTest"), (answer.Status, edge.Auth.Call.Body, edge.AppBody));
        Assert.Equal("application/json", edge.Auth.Call.Header("Content-Type"));
        Assert.DoesNotContain("Content-Length", edge.Auth.Call.Headers.Keys);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_08_a_redirect_reaches_the_client_and_is_not_followed(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, RedirectAsync);

        var answer = await edge.GetAsync();

        Assert.Equal((302, "http://example.com/redirect-test"), (answer.Status, answer.Header("Location")));
        Assert.NotEmpty(answer.Body);
        Assert.Single(edge.Auth.Calls);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_09_headers_of_the_connection_stay_behind(string profile)
    {
        await using var auth = await RawStub.StartAsync(
            "HTTP/1.1 302 Found\r\nConnection: test\r\nKeep-Alive: test\r\nTe: test\r\nTrailers: test\r\nUpgrade: test\r\n"
            + "Transfer-Encoding: chunked\r\nLocation: http://example.com/redirect-test\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
        await using var edge = await EdgeFixture.StartAsync(profile, auth: forward => forward with { Address = auth.Address.AbsoluteUri });

        var answer = await edge.GetAsync();

        Assert.Equal((302, "http://example.com/redirect-test", "body"), (answer.Status, answer.Header("Location"), answer.Body));
        Assert.All(["Keep-Alive", "Te", "Trailers", "Upgrade", "Transfer-Encoding"], name => Assert.Null(answer.Header(name)));
        Assert.DoesNotContain("test", answer.All("Connection"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_10_a_refusal_has_exactly_the_auth_servers_headers(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, http =>
        {
            http.Response.Headers.Append("Set-Cookie", "example=testing; Path=/");
            http.Response.Headers.Append("X-Foo", "bar");
            return StubAuth.RefuseAsync(http, 403, "Forbidden");
        });

        var answer = await edge.GetAsync();

        Assert.Equal("10", answer.Header("Content-Length"));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("example=testing; Path=/", answer.Header("Set-Cookie"));
        var names = answer.Headers.Select(header => header.Key).Where(name => name != "Connection").Order(StringComparer.Ordinal);
        Assert.Equal(["Content-Length", "Content-Type", "Date", "Set-Cookie", "X-Content-Type-Options", "X-Foo"], names);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_11_a_client_that_leaves_is_noted_and_the_app_is_not_called(string profile)
    {
        var asked = new TaskCompletionSource();
        await using var edge = await EdgeFixture.StartAsync(profile, async http =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using (var client = new System.Net.Sockets.TcpClient("127.0.0.1", edge.Server.HttpAddress.Port))
        {
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: app.test\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await asked.Task;
        }

        await Eventually.TrueAsync(() => edge.Server.Accesses.Count == 1);
        Assert.Equal(Profiles.Has(Enum.Parse<TraefikProfile>(profile), "KnowsClientGone") ? 499 : 500, edge.Server.Accesses[0].Status);
        Assert.Empty(edge.AppCalls);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_12_an_auth_server_that_is_away_is_500(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(
            profile, auth: auth => auth with { Address = $"http://127.0.0.1:{Sidecar.TestKit.Processes.FreePort.Next()}/" });

        var answer = await edge.GetAsync();

        Assert.Equal((500, ""), (answer.Status, answer.Body));
        Assert.Empty(edge.AppCalls);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_12_an_auth_server_that_does_not_answer_is_500(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(
            profile, http => Task.Delay(Timeout.Infinite, http.RequestAborted), auth => auth with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(500, (await edge.GetAsync()).Status);
        Assert.Empty(edge.AppCalls);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_15_with_tracing_on_the_context_travels_along(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, edge: options => options with { Tracing = true });

        await edge.GetAsync();

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", edge.Auth.Call.Header("traceparent"));
    }

    [Fact]
    public async Task TF_15_the_question_is_a_client_span()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<System.Diagnostics.Activity>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == "Sidecar.Demo.Edge",
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using var edge = await EdgeFixture.StartAsync("V3_7_9", http => StubAuth.RefuseAsync(http, 404, "no"), edge: options => options with { Tracing = true });

        await edge.GetAsync();

        var span = spans.Single(span => (string?)span.GetTagItem("url.full") == edge.Auth.Address.AbsoluteUri);
        Assert.Equal(("AuthRequest", System.Diagnostics.ActivityKind.Client), (span.OperationName, span.Kind));
        Assert.Equal(("GET", 404), (span.GetTagItem("http.request.method"), span.GetTagItem("http.response.status_code")));
    }

    [Theory]
    [MemberData(nameof(WithForwardBody))]
    public async Task TF_16_a_preserved_location_is_unchanged(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, RelativeAsync, auth => auth with { PreserveLocationHeader = true });

        var answer = await edge.GetAsync();

        Assert.Equal((401, "/index.html"), (answer.Status, answer.Header("Location")));
    }

    [Theory]
    [MemberData(nameof(WithPreserveRequestMethod))]
    public async Task TF_17a_the_clients_method_is_kept_when_asked_for(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, auth: auth => auth with { PreserveRequestMethod = true });

        await PostAsync(edge, "x");

        Assert.Equal(("POST", "0", "POST"), (edge.Auth.Call.Method, edge.Auth.Call.Header("Content-Length"), edge.AppMethod));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TF_17b_otherwise_the_auth_server_sees_GET(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile);

        await PostAsync(edge, "x");

        Assert.Equal(("GET", "POST", "POST"), (edge.Auth.Call.Method, edge.Auth.Call.Header("X-Forwarded-Method"), edge.AppMethod));
    }

    [Theory]
    [MemberData(nameof(WithMaxResponseBodySize))]
    public async Task TF_18_the_answers_size_is_limited_when_a_limit_is_set(string profile)
    {
        Assert.Equal((403, "Forbidden\n"), await AnswerAsync(profile, 403, limit: null));
        Assert.Equal((401, ""), await AnswerAsync(profile, 403, limit: 9));
        Assert.Equal((200, "app"), await AnswerAsync(profile, 200, limit: 10));
        Assert.Equal((401, ""), await AnswerAsync(profile, 200, limit: 9));
    }

    [Theory]
    [MemberData(nameof(WithAuthSigninUrl))]
    public async Task TF_19_a_sign_in_address_replaces_exactly_401(string profile)
    {
        Assert.Equal((302, "https://sign.in/"), await SigninAsync(profile, 401, "https://sign.in/"));
        Assert.Equal((401, null), await SigninAsync(profile, 401, ""));
        Assert.Equal((403, null), await SigninAsync(profile, 403, "https://sign.in/"));
        Assert.Equal((200, null), await SigninAsync(profile, 200, "https://sign.in/"));
    }

    [Theory]
    [MemberData(nameof(WithHeaderField))]
    public async Task A4_headerField_names_the_user_in_the_access_log(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, AllowWithHeadersAsync, auth => auth with { HeaderField = "X-Auth-User" });

        await edge.GetAsync();

        Assert.Equal("user@example.com", Assert.Single(edge.Server.Accesses).ClientUsername);
        Assert.DoesNotContain("X-Auth-User", edge.AppCalls[0].Keys);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_option_of_a_later_release_is_refused_by_name(string profile)
    {
        var has = Profiles.Has(Enum.Parse<TraefikProfile>(profile), "HasAuthSigninUrl");

        var problem = await Record.ExceptionAsync(async () =>
        {
            await using var edge = await EdgeFixture.StartAsync(profile, auth: auth => auth with { AuthSigninUrl = "https://sign.in/" });
        });

        Assert.Equal(has, problem is null);
        Assert.True(has || problem!.Message.Contains("authSigninURL", StringComparison.Ordinal));
    }

    private static async Task<(int, string)> AnswerAsync(string profile, int status, long? limit)
    {
        await using var edge = await EdgeFixture.StartAsync(
            profile,
            http => StubAuth.RefuseAsync(http, status, "Forbidden"),
            auth => auth with { MaxResponseBodySize = limit });
        var answer = await edge.GetAsync();
        return (answer.Status, answer.Body);
    }

    private static async Task<(int, string?)> SigninAsync(string profile, int status, string url)
    {
        await using var edge = await EdgeFixture.StartAsync(
            profile, http => StubAuth.RefuseAsync(http, status, "x"), auth => auth with { AuthSigninUrl = url });
        var answer = await edge.GetAsync();
        return (answer.Status, answer.Header("Location"));
    }

    private static Task<RawAnswer> PostAsync(EdgeFixture edge, string body) => RawClient.SendAsync(
        edge.Server.HttpAddress, $"POST / HTTP/1.1\nHost: app.test\nContent-Type: application/json\nContent-Length: {body.Length}", body);

    private static Task AllowWithHeadersAsync(HttpContext http)
    {
        http.Response.Headers["X-Auth-User"] = "user@example.com";
        http.Response.Headers["X-Auth-Secret"] = "secret";
        http.Response.Headers["X-Auth-Group"] = new(["group1", "group2"]);
        http.Response.Headers["Foo-Bar"] = "auth-value";
        http.Response.Headers.SetCookie = new(["authCookie=Auth", "authCookieNotAdded=Auth"]);
        return http.Response.WriteAsync("Success\n");
    }

    private static Task AppWithCookiesAsync(HttpContext http)
    {
        http.Response.Headers.SetCookie = new(["authCookie=Backend", "backendCookie=Backend"]);
        http.Response.Headers["Other-Header"] = "BackendHeaderValue";
        return http.Response.WriteAsync("traefik\n");
    }

    private static Task RedirectAsync(HttpContext http)
    {
        http.Response.Redirect("http://example.com/redirect-test");
        return http.Response.WriteAsync("<a href=\"http://example.com/redirect-test\">Found</a>");
    }

    private static Task RelativeAsync(HttpContext http)
    {
        http.Response.Headers.Location = "/index.html";
        return StubAuth.RefuseAsync(http, 401, "Unauthorized");
    }
}
