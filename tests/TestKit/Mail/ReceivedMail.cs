using System.Text.RegularExpressions;

namespace Sidecar.TestKit.Mail;

/// <summary>A mail as it lies in the mailbox.</summary>
/// <param name="Recipients">Of the envelope.</param>
/// <param name="Sender">Of the envelope.</param>
/// <param name="Secure">It came over TLS.</param>
/// <param name="User">Who signed in to send it.</param>
/// <param name="Headers">Their names, in lower case.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="From">Decoded.</param>
/// <param name="To">Decoded.</param>
/// <param name="Cc">Decoded.</param>
/// <param name="MessageId">With its brackets.</param>
/// <param name="Text">The plain part.</param>
/// <param name="Html">The page.</param>
/// <param name="Raw">The bytes, one a character.</param>
public sealed partial record ReceivedMail(
    IReadOnlyList<string> Recipients, string Sender, bool Secure, string? User, IReadOnlyList<string> Headers, string Subject, string From, string To, string Cc, string MessageId, string Text, string Html,
    string Raw)
{
    /// <summary>The address that stands alone on a line of the plain part.</summary>
    public Uri Link => new(Alone().Match(Text).Value);

    [GeneratedRegex(@"(?<=^|\n)https?://\S+(?=\r?\n|$)")]
    private static partial Regex Alone();
}
