using System.Net;
using Sidecar.Outpost.Configuration;

namespace Sidecar.Outpost.Tests.Configuration;

public sealed class OutpostOptionsReaderTests
{
    private readonly Dictionary<string, string> _environment = new() { ["AUTHENTIK_HOST"] = "https://auth.example", ["AUTHENTIK_TOKEN"] = "token" };

    [Fact]
    public void Host_and_token_are_enough()
    {
        var options = Read(out var mistakes)!;

        Assert.Empty(mistakes);
        Assert.Equal("https://auth.example/", options.Host!.AbsoluteUri);
        Assert.Equal("0.0.0.0:9000", options.Http.ToString());
        Assert.Equal("0.0.0.0:9443", options.Https.ToString());
        Assert.Equal("0.0.0.0:9300", options.Metrics.ToString());
        Assert.Equal(TimeSpan.FromHours(12), options.MaxStale);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        _environment.Clear();
        _environment["AUTHENTIK_HOST"] = "not an address";
        _environment["AUTHENTIK_INSECURE"] = "maybe";
        _environment["AUTHENTIK_LISTEN__HTTP"] = "9000";
        _environment["AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS"] = "10.0.0.0/8, nonsense";
        _environment["AUTHENTIK_LOG_LEVEL"] = "loud";
        _environment["SIDECAR_IDENTITY_HEADERS"] = "allow";
        _environment["SIDECAR_MAX_STALE"] = "forever";
        _environment["SIDECAR_TLS__KEY"] = "/tmp/key.pem";

        Assert.Null(Read(out var mistakes));

        Assert.Equal(
            ["AUTHENTIK_HOST", "AUTHENTIK_INSECURE", "AUTHENTIK_LISTEN__HTTP", "AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS", "AUTHENTIK_LOG_LEVEL",
                "AUTHENTIK_TOKEN", "SIDECAR_IDENTITY_HEADERS", "SIDECAR_MAX_STALE", "SIDECAR_TLS__CERTIFICATE"],
            mistakes.Select(mistake => mistake.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Values_come_from_files_and_other_variables_with_a_default()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "secret-token\n");
        _environment["AUTHENTIK_TOKEN"] = "file://" + file;
        _environment["AUTHENTIK_HOST"] = "env://WHERE";
        _environment["WHERE"] = "http://10.0.0.1:9000";
        _environment["SIDECAR_MAX_STALE"] = "file:///does/not/exist?2h";

        var options = Read(out _)!;

        Assert.Equal("secret-token", options.Token);
        Assert.Equal("http://10.0.0.1:9000/", options.Host!.AbsoluteUri);
        Assert.Equal(TimeSpan.FromHours(2), options.MaxStale);
        File.Delete(file);
    }

    [Theory]
    [InlineData(null, IdentityHeaderRule.Refuse)]
    [InlineData("refuse", IdentityHeaderRule.Refuse)]
    [InlineData("Ignore", IdentityHeaderRule.Ignore)]
    public void Identity_headers_of_a_request_are_refused_unless_they_are_to_be_ignored(string? written, object rule)
    {
        if (written is not null)
        {
            _environment["SIDECAR_IDENTITY_HEADERS"] = written;
        }

        Assert.Equal(rule, Read(out _)!.IdentityHeaders);
    }

    [Fact]
    public void A_snapshot_file_needs_its_key()
    {
        Assert.Null(OutpostOptionsReader.TryRead(_ => null, ["--snapshot", "x"], out var mistakes));
        Assert.Contains(mistakes, mistake => mistake.Contains("--snapshot-key", StringComparison.Ordinal));
        Assert.NotNull(OutpostOptionsReader.TryRead(_ => null, ["--snapshot", "x", "--snapshot-key", "y"], out _));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.15.0.1", false)]
    [InlineData("172.31.255.255", true)]
    [InlineData("::ffff:192.168.1.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Private_networks_are_trusted_by_default(string address, bool trusted) =>
        Assert.Equal(trusted, TrustedProxies.TryParse(TrustedProxies.Default, out _)!.Contains(IPAddress.Parse(address)));

    [Fact]
    public void No_text_of_the_options_shows_the_token() => Assert.DoesNotContain("token", Read(out _)!.ToString(), StringComparison.Ordinal);

    private OutpostOptions? Read(out IReadOnlyList<string> mistakes) =>
        OutpostOptionsReader.TryRead(name => _environment.GetValueOrDefault(name), [], out mistakes);
}
