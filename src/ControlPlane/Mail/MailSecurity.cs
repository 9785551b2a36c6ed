namespace Sidecar.ControlPlane.Mail;

/// <summary>How a connection to a mail server is protected.</summary>
internal enum MailSecurity : byte
{
    None = 0,

    /// <summary>Begins in clear and must be raised to TLS before anything is said (STARTTLS): a server, or somebody before it, that does not offer that gets no mail.</summary>
    StartTls = 1,

    /// <summary>TLS from the first byte.</summary>
    Tls = 2,
}
