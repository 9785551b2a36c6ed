using System.Text;
using System.Text.Json;
using Sidecar.Decisions;

namespace Sidecar.Outpost.Checking;

/// <summary>What was decided and why, for people and for scripts.</summary>
internal sealed class CheckReport(CheckQuestion question, Explanation explanation, CompiledSnapshot snapshot, bool isVerified)
{
    public bool Allows => explanation.Decision.Verdict == Verdict.Allow;

    private string VerdictText => explanation.Decision.Verdict switch
    {
        Verdict.Allow => "allow",
        Verdict.SignIn => "sign-in",
        _ => "deny",
    };

    private string Who => question.Principal is { } principal ? principal.Username : "nobody";

    private IEnumerable<string> Steps => explanation.Steps.Select(step => StepTexts.Of(step, explanation, snapshot));

    public string ToText()
    {
        var reason = explanation.Decision.Reason;
        var text = new StringBuilder();
        text.Append(VerdictText).Append(": ").Append(Reasons.IdOf(reason)).Append('\n')
            .Append(Reasons.HelpOf(reason)).Append("\n\n")
            .Append(question.Method).Append(' ').Append(question.Url).Append(" by ").Append(Who)
            .Append(question.Client is null ? "" : $" from {question.Client}").Append('\n');
        foreach (var step in Steps)
        {
            text.Append("- ").Append(step).Append('\n');
        }

        return text.Append(isVerified ? "The snapshot's signature was checked." : "The policy is not signed, or its signature was not checked.").ToString();
    }

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("verdict", VerdictText);
            json.WriteString("reason", Reasons.IdOf(explanation.Decision.Reason));
            json.WriteString("help", Reasons.HelpOf(explanation.Decision.Reason));
            json.WriteString("application", explanation.Application?.Record.Slug);
            json.WriteString("method", question.Method);
            json.WriteString("url", question.Url);
            json.WriteString("user", question.Principal?.Username);
            json.WriteString("client", question.Client);
            json.WriteBoolean("signature_checked", isVerified);
            json.WriteStartArray("steps");
            foreach (var step in Steps)
            {
                json.WriteStringValue(step.Trim());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
