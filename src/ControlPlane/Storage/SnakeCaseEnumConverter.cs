using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sidecar.ControlPlane.Storage;

/// <summary>An enumeration under authentik's names, as the API shows them: <c>service_account</c>.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : ValueConverter<T, string>(value => TextOf(value), text => Parse(text))
    where T : struct, Enum
{
    private static string TextOf(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static T Parse(string text) => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
