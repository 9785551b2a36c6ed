namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>A file that cannot be read any further. It is caught by <see cref="BlueprintReader"/> and told as a problem.</summary>
internal sealed class BlueprintException(int line, string message) : Exception(message)
{
    public BlueprintProblem Problem { get; } = new(line, message);
}
