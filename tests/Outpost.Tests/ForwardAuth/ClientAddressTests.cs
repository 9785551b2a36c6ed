using System.Net;
using Microsoft.Extensions.Primitives;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class ClientAddressTests
{
    private static readonly TrustedProxies Trusted = TrustedProxies.TryParse(TrustedProxies.Default, out _)!;

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7")]
    [InlineData("127.0.0.1", "10.0.0.9, 10.0.0.1", "10.0.0.9")]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    [InlineData("198.51.100.9", "203.0.113.7", "198.51.100.9")]
    [InlineData("127.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("127.0.0.1", "203.0.113.7:5000", "203.0.113.7")]
    [InlineData("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "a", null)]
    [InlineData("127.0.0.1", "203.0.113.7, a", null)]
    [InlineData("127.0.0.1", "a, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "1", null)]
    [InlineData("127.0.0.1", "0x7f000001", null)]
    [InlineData("127.0.0.1", "127.1", null)]
    [InlineData("127.0.0.1", "unknown", null)]
    [InlineData("127.0.0.1", "203.0.113.7,", null)]
    public void Is_the_right_most_hop_that_is_no_declared_proxy_and_unknown_when_unreadable(string peer, string forwardedFor, string? expected)
    {
        var header = forwardedFor.Length == 0 ? StringValues.Empty : new StringValues(forwardedFor);

        Assert.Equal(expected, ClientAddress.Find(IPAddress.Parse(peer), header, Trusted.Contains)?.ToString());
    }
}
