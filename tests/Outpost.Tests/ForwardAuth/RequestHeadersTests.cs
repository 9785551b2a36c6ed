using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class RequestHeadersTests
{
    private static readonly HeaderDictionary Given = new() { ["x-forwarded-HOST"] = new StringValues(["a", "b"]), ["X-Forwarded-Hos"] = "c" };

    [Fact]
    public void A_header_is_found_under_its_name_in_any_case_with_all_its_values()
    {
        using var headers = RequestHeaders.Of(Given);

        Assert.Equal(new StringValues(["a", "b"]), headers["X-Forwarded-Host"]);
        Assert.Equal(new StringValues("c"), headers["X-FORWARDED-HOS"]);
        Assert.Equal(StringValues.Empty, headers["X-Forwarded-Hosts"]);
    }

    [Fact]
    public void Nothing_of_a_request_is_left_for_the_next()
    {
        var headers = RequestHeaders.Of(Given);
        var kept = headers.All;

        headers.Dispose();

        Assert.All(kept.ToArray(), header => Assert.Null(header.Key));
    }
}
