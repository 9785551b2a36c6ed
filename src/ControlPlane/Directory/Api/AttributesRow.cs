using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>What <see cref="AttributesFilter"/> looks at.</summary>
internal sealed record AttributesRow(Guid Id, JsonElement Attributes);
