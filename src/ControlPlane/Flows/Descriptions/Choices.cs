using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

internal static class Choices
{
    /// <summary>Tells what is wrong with a word, and returns whether something is.</summary>
    public static bool Refuses(JsonBody body, string name, string text, string[] choices, IReadOnlyDictionary<string, string> unsupported) =>
        unsupported.TryGetValue(text, out var reason)
            ? body.Refuses(name, wrong: true, $"\"{text}\" has no effect here: {reason}")
            : body.Refuses(name, !choices.Contains(text, StringComparer.Ordinal), $"\"{text}\" is not a valid choice; use one of {string.Join(", ", choices)}.");
}
