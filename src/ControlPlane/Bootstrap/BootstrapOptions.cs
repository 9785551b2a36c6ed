using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>Values that count at the very first start only.</summary>
internal sealed record BootstrapOptions
{
    private const int FirstOutpostTokenMinLength = 40;

    public string? Password { get; init; }

    public string? Token { get; init; }

    public string? Email { get; init; }

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
