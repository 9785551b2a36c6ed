namespace Sidecar.ControlPlane.Flows;

/// <summary>What came with a POST, from a form or as JSON.</summary>
internal sealed class StageAnswer(IReadOnlyDictionary<string, string> values)
{
    public static StageAnswer Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>authentik's name of the form that is answered, when the client says it.</summary>
    public string? Component => Text("component");

    /// <summary>The value, or null when it is missing or empty: an empty answer is none.</summary>
    public string? Text(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    // Values may be passwords.
    public override string ToString() => nameof(StageAnswer);
}
