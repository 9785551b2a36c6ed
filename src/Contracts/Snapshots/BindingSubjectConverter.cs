using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Contracts.Snapshots;

/// <summary>
/// Reads a kind that this program does not know as <see cref="BindingSubject.Unknown"/>, so that a newer control plane's snapshot costs an older outpost
/// one binding (its failure result) and not all its applications.
/// </summary>
public sealed class BindingSubjectConverter : JsonConverter<BindingSubject>
{
    public override BindingSubject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a binding's subject is a text");
        }

        return reader.ValueTextEquals(nameof(BindingSubject.User)) ? BindingSubject.User
            : reader.ValueTextEquals(nameof(BindingSubject.Group)) ? BindingSubject.Group
            : BindingSubject.Unknown;
    }

    public override void Write(Utf8JsonWriter writer, BindingSubject value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value switch
        {
            BindingSubject.User => nameof(BindingSubject.User),
            BindingSubject.Group => nameof(BindingSubject.Group),
            _ => nameof(BindingSubject.Unknown),
        });
    }
}
