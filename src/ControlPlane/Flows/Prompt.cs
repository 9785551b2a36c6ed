namespace Sidecar.ControlPlane.Flows;

/// <summary>A field of a prompt stage.</summary>
internal sealed class Prompt
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public required string FieldKey { get; set; }

    public required string Label { get; set; }

    /// <summary>authentik's name of the type: <c>text</c>, <c>password</c>, <c>email</c> and so on.</summary>
    public required string Type { get; set; }

    public bool Required { get; set; } = true;

    public string Placeholder { get; set; } = "";

    public string InitialValue { get; set; } = "";

    public string SubText { get; set; } = "";

    public required int Order { get; set; }

    public List<Stage> Stages { get; } = [];
}
