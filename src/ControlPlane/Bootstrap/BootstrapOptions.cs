using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>Values that count at the very first start only.</summary>
internal sealed record BootstrapOptions
{
    private const int FirstOutpostTokenMinLength = 40;

    /// <summary><c>AUTHENTIK_BOOTSTRAP_PASSWORD</c>: makes <c>akadmin</c> with it at the first start, so that set-up has nothing to ask.</summary>
    public string? Password { get; init; }

    /// <summary><c>AUTHENTIK_BOOTSTRAP_TOKEN</c>: an API token of <c>akadmin</c>, made at the first start.</summary>
    public string? Token { get; init; }

    /// <summary><c>AUTHENTIK_BOOTSTRAP_EMAIL</c>: the e-mail address of <c>akadmin</c>, at the first start.</summary>
    public string? Email { get; init; }

    /// <summary><c>SIDECAR_FIRST_OUTPOST_TOKEN</c>: the token of the first outpost, made at the first start, which a stand-alone outpost gets as <c>AUTHENTIK_TOKEN</c>; at least 40 characters.</summary>
    public string? FirstOutpostToken { get; init; }

    public static BootstrapOptions Read(EnvironmentReader reader)
    {
        var outpostToken = reader.Text("SIDECAR_FIRST_OUTPOST_TOKEN");
        if (outpostToken is { Length: < FirstOutpostTokenMinLength })
        {
            reader.Mistake("SIDECAR_FIRST_OUTPOST_TOKEN", $"must have at least {FirstOutpostTokenMinLength} characters. Make one with: openssl rand -hex 32");
        }

        return new BootstrapOptions
        {
            Password = reader.Text("AUTHENTIK_BOOTSTRAP_PASSWORD"),
            Token = reader.Text("AUTHENTIK_BOOTSTRAP_TOKEN"),
            Email = reader.Text("AUTHENTIK_BOOTSTRAP_EMAIL"),
            FirstOutpostToken = outpostToken,
        };
    }

    // A record prints its members; a log line must not.
    public override string ToString() => nameof(BootstrapOptions);
}
