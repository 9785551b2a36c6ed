namespace Sidecar.ControlPlane.Flows;

/// <summary>The handlers by kind.</summary>
internal sealed class StageHandlers(IEnumerable<IStageHandler> handlers)
{
    private readonly Dictionary<string, IStageHandler> _byKind = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    public IStageHandler? Find(string kind) => _byKind.GetValueOrDefault(kind);
}
