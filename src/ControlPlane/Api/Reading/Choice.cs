using System.Text.Json;

namespace Sidecar.ControlPlane.Api.Reading;

/// <summary>Values of enumerations as the schema spells them: snake case, exactly.</summary>
internal static class Choice
{
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum =>
        Names<T>.ByName.TryGetValue(text, out value);

    public static string Refusal<T>(string text)
        where T : struct, Enum =>
        $"\"{text}\" is not a valid choice; use one of {string.Join(", ", Names<T>.ByName.Keys)}.";

    public static string NameOf<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> ByName =
            Enum.GetValues<T>().ToDictionary(NameOf, StringComparer.Ordinal);
    }
}
