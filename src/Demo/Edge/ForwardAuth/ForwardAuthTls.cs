namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>forwardAuth's tls block. Certificate and key come together; all are files or PEM text.</summary>
public sealed record ForwardAuthTls
{
    public string Ca { get; init; } = "";

    public string Cert { get; init; } = "";

    public string Key { get; init; } = "";

    public bool InsecureSkipVerify { get; init; }
}
