using System.Globalization;

namespace Sidecar.ControlPlane.Mail;

/// <summary>Texts of others in a mail.</summary>
internal static class MailText
{
    /// <summary>One line, whatever it was: a line break in a header would begin another header, and in a text another paragraph in our name.</summary>
    public static string OneLine(string text) =>
        string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
            }
        }).Trim();

    /// <summary>A point in time as a person reads it, the same everywhere: nobody knows where the reader is.</summary>
    public static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
