using System.Buffers;
using System.Text.Json;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Pages;

/// <summary>The same answer for programs.</summary>
internal static class RefusalJson
{
    public static ReadOnlyMemory<byte> Render(Refusal refusal)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("reason", Reasons.IdOf(refusal.Reason));
        writer.WriteString("message", PageText.Of(refusal.Reason).Message);
        writer.WriteString("help", Reasons.HelpOf(refusal.Reason));
        WriteOptional(writer, "detail", refusal.Detail);
        WriteOptional(writer, "sign_in_url", refusal.SignInUrl);
        WriteOptional(writer, "action_url", refusal.ActionUrl);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }
}
