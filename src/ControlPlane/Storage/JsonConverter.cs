using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sidecar.ControlPlane.Storage;

/// <summary>A JSON value as its text.</summary>
internal sealed class JsonConverter() : ValueConverter<JsonElement, string>(value => TextOf(value), text => JsonObjects.Parse(text))
{
    /// <summary>Two values are equal when their JSON is; without it every read would look like a change.</summary>
    internal sealed class Comparer() : ValueComparer<JsonElement>(
        (left, right) => JsonElement.DeepEquals(left, right), value => TextOf(value).Length, value => value);

    // "default" is no JSON at all: an entity made without attributes has none.
    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "{}" : value.GetRawText();
}
