using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>A user as the file has it: fields by name. Those of CSV are texts, those of JSON what they are there.</summary>
internal sealed record ImportEntry(int Line, IReadOnlyDictionary<string, JsonElement> Fields);
