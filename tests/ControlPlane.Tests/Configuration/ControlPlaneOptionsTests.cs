using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Tests.Configuration;

public sealed class ControlPlaneOptionsTests
{
    [Fact]
    public void One_message_names_every_mistake()
    {
        var problem = ProblemOf(
            ("AUTHENTIK_LISTEN__HTTP", "nine thousand"),
            ("AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS", "10.0.0.0/8,10.0.0.0/33"),
            ("AUTHENTIK_REDIS__HOST", "redis"),
            ("AUTHENTIK_REDIS__PORT", "0"),
            ("SIDECAR_FIRST_OUTPOST_TOKEN", "short"));

        Assert.Contains("AUTHENTIK_LISTEN__HTTP: ", problem, StringComparison.Ordinal);
        Assert.Contains("AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS: '10.0.0.0/33'", problem, StringComparison.Ordinal);
        Assert.Contains("AUTHENTIK_REDIS__PORT: ", problem, StringComparison.Ordinal);
        Assert.Contains("SIDECAR_FIRST_OUTPOST_TOKEN: must have at least 40", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSQL_needs_a_secret_key() =>
        Assert.Contains("AUTHENTIK_SECRET_KEY: must be set", ProblemOf(("AUTHENTIK_POSTGRESQL__HOST", "postgresql")), StringComparison.Ordinal);

    [Theory]
    [InlineData("authentiksupersecretkey", true)]
    [InlineData("0123456789012345678901234567890", true)]
    [InlineData("01234567890123456789012345678901", false)]
    public void A_secret_key_that_can_be_guessed_is_weak(string value, bool weak) =>
        Assert.Equal(weak, Read(("AUTHENTIK_SECRET_KEY", value)).SecretKey.Weakness is not null);

    [Fact]
    public void A_value_may_lie_in_a_file_or_in_another_variable()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "from a file, long enough to be a secret\n");

        var options = Read(
            ("AUTHENTIK_SECRET_KEY", $"file://{file}"),
            ("AUTHENTIK_BOOTSTRAP_EMAIL", "env://MAIL"),
            ("MAIL", "ana@example.com"),
            ("AUTHENTIK_BOOTSTRAP_PASSWORD", "file:///nowhere/at/all?fallback"));

        Assert.Equal("from a file, long enough to be a secret", options.SecretKey.Value);
        Assert.Equal("ana@example.com", options.Bootstrap.Email);
        Assert.Equal("fallback", options.Bootstrap.Password);
        File.Delete(file);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_mistake() =>
        Assert.Contains("AUTHENTIK_BOOTSTRAP_PASSWORD: the file /nowhere/at/all", ProblemOf(("AUTHENTIK_BOOTSTRAP_PASSWORD", "file:///nowhere/at/all")), StringComparison.Ordinal);

    private static ControlPlaneOptions Read(params (string Name, string Value)[] environment)
    {
        Assert.True(ControlPlaneOptions.TryRead(Variable(environment), out var options, out var problem), problem);
        return options;
    }

    private static string ProblemOf(params (string Name, string Value)[] environment)
    {
        Assert.False(ControlPlaneOptions.TryRead(Variable(environment), out _, out var problem));
        return problem;
    }

    private static Func<string, string?> Variable((string Name, string Value)[] environment) =>
        environment.ToDictionary(pair => pair.Name, pair => pair.Value).GetValueOrDefault;
}
