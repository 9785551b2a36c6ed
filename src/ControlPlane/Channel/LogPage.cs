using Sidecar.Contracts.Channel;

namespace Sidecar.ControlPlane.Channel;

/// <summary>A piece of the change log as one outpost may see it.</summary>
/// <param name="Batch">What is sent.</param>
/// <param name="OutpostTouched">The outpost itself was deleted or its token withdrawn somewhere in this piece.</param>
internal sealed record LogPage(ChangeBatch Batch, bool OutpostTouched);
