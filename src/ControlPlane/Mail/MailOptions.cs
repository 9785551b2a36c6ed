using MimeKit;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Mail;

/// <summary>The mail server of the installation, under authentik's names.</summary>
internal sealed record MailOptions
{
    /// <summary><c>AUTHENTIK_EMAIL__HOST</c>: the mail server (SMTP) that takes what is sent, by name or address. Default <c>localhost</c>.</summary>
    public required string Host { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__PORT</c>: its port. Default <c>25</c>.</summary>
    public required int Port { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__USERNAME</c>: whom to sign in as at the mail server. Default: nobody.</summary>
    public string? Username { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__PASSWORD</c>: that user's password.</summary>
    public string? Password { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__USE_TLS</c>: raise the connection to TLS (STARTTLS), and send nothing where that is not offered. Default <c>false</c>.</summary>
    public required bool UseTls { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__USE_SSL</c>: TLS from the first byte, usually at port 465; not together with <c>AUTHENTIK_EMAIL__USE_TLS</c>. Default <c>false</c>.</summary>
    public required bool UseSsl { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__TIMEOUT</c>: seconds that each step of a conversation with the mail server may take, 1 to 300. Default <c>10</c>.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary><c>AUTHENTIK_EMAIL__FROM</c>: the sender, as an address or as <c>Name &lt;address&gt;</c>. Default <c>authentik@localhost</c>.</summary>
    public required string From { get; init; }

    public SmtpServer Server => new()
    {
        Host = Host,
        Port = Port,
        Username = Username,
        Password = Password,
        Security = UseSsl ? MailSecurity.Tls : UseTls ? MailSecurity.StartTls : MailSecurity.None,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        From = From,
    };

    public static MailOptions Read(EnvironmentReader reader)
    {
        var options = new MailOptions
        {
            Host = reader.Text("AUTHENTIK_EMAIL__HOST", "localhost"),
            Port = reader.Number("AUTHENTIK_EMAIL__PORT", 25, 1, ushort.MaxValue),
            Username = reader.Text("AUTHENTIK_EMAIL__USERNAME"),
            Password = reader.Text("AUTHENTIK_EMAIL__PASSWORD"),
            UseTls = reader.Flag("AUTHENTIK_EMAIL__USE_TLS", false),
            UseSsl = reader.Flag("AUTHENTIK_EMAIL__USE_SSL", false),
            TimeoutSeconds = reader.Number("AUTHENTIK_EMAIL__TIMEOUT", 10, 1, 300),
            From = reader.Text("AUTHENTIK_EMAIL__FROM", "authentik@localhost"),
        };
        if (options is { UseTls: true, UseSsl: true })
        {
            reader.Mistake("AUTHENTIK_EMAIL__USE_SSL", "only one of AUTHENTIK_EMAIL__USE_TLS and AUTHENTIK_EMAIL__USE_SSL can be true");
        }

        if (!MailboxAddress.TryParse(options.From, out var from) || !EmailText.IsValid(from.Address))
        {
            reader.Mistake("AUTHENTIK_EMAIL__FROM", "must be an e-mail address, such as sidecar@example.com or Sidecar <sidecar@example.com>");
        }

        return options;
    }

    // A record prints its members; a log line must not.
    public override string ToString() => $"{Host}:{Port}";
}
