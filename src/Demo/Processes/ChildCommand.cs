namespace Sidecar.Demo.Processes;

/// <summary>What to start, and how it ends when this program ends.</summary>
public sealed record ChildCommand(string FileName, params IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Added to the environment of this program; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The child gets SIGTERM when this program dies, however it dies, so that it can end children of its own; else SIGKILL.</summary>
    public bool TerminateWithParent { get; init; }

    /// <summary>Called for each line of output and of error output, from one thread at a time.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>How long an asked-for end may take before it is forced.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
