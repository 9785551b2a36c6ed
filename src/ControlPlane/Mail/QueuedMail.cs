namespace Sidecar.ControlPlane.Mail;

/// <summary>A mail that is not sent yet. It was saved together with what caused it, so neither is there without the other.</summary>
internal sealed class QueuedMail
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The <see cref="OutgoingMail"/>, wrapped: it may hold a link that opens an account.</summary>
    public required byte[] Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Moved on before each attempt: whoever moves it is the one who sends.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Attempts that were begun.</summary>
    public int Attempts { get; set; }
}
