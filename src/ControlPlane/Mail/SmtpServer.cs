namespace Sidecar.ControlPlane.Mail;

/// <summary>A mail server that takes what we send, and as whom.</summary>
internal sealed record SmtpServer
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Null: the server asks for none.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }

    public MailSecurity Security { get; init; }

    /// <summary>For each step of a conversation.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>An address, or a name and an address: <c>Sidecar &lt;sidecar@example.com&gt;</c>.</summary>
    public required string From { get; init; }

    // A record prints its members; a log line must not.
    public override string ToString() => $"{Host}:{Port}";
}
