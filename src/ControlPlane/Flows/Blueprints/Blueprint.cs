using System.Text.Json.Nodes;

namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>What is wrong with a blueprint.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Text">For the administrator.</param>
internal sealed record BlueprintProblem(int Line, string Text);

/// <summary>A blueprint in authentik's form (version 1), as it was written: nothing of it has been looked up.</summary>
internal sealed record Blueprint(IReadOnlyList<BlueprintEntry> Entries);

/// <summary>One object.</summary>
internal sealed record BlueprintEntry
{
    /// <summary>Where it begins.</summary>
    public required int Line { get; init; }

    /// <summary>authentik's name, for example <c>authentik_flows.flow</c>.</summary>
    public required string Model { get; init; }

    public required BlueprintState State { get; init; }

    /// <summary>What <c>!KeyOf</c> calls it; null: nothing refers to it so.</summary>
    public string? Id { get; init; }

    /// <summary>What it is found by. A <c>!KeyOf</c> or <c>!Find</c> in it stands as written by <see cref="BlueprintTag"/>.</summary>
    public required JsonObject Identifiers { get; init; }

    /// <summary>What it is to be. Empty: it is only named, so that others can refer to it, and must be there.</summary>
    public required JsonObject Attributes { get; init; }

    /// <summary>Where each of them stands.</summary>
    public required IReadOnlyDictionary<string, int> Lines { get; init; }

    public int LineOf(string field) => Lines.GetValueOrDefault(field, Line);
}

/// <summary>What becomes of an object that is there, or is not.</summary>
internal enum BlueprintState
{
    /// <summary>Made or changed.</summary>
    Present,

    /// <summary>Made; one that is there stays as it is.</summary>
    Created,

    /// <summary>Made; one that is there is a mistake.</summary>
    MustCreated,
}
