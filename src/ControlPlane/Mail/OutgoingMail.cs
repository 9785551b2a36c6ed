namespace Sidecar.ControlPlane.Mail;

/// <summary>A mail to send. Texts may hold anything: what would end a header line is taken out when the message is made.</summary>
internal sealed record OutgoingMail
{
    /// <summary>Addresses. Nobody: it is thrown away instead of sent, so that whoever asks cannot tell from the work whether there is anybody to send to.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public required string Subject { get; init; }

    public required MailBody Body { get; init; }

    /// <summary>From then on it is of no use, such as the end of its link; it is given up. Null: when it has been tried often enough.</summary>
    public DateTimeOffset? Until { get; init; }
}
