namespace Sidecar.Outpost.Hosting;

/// <summary>The standard input that the starting program holds open as long as it lives.</summary>
internal sealed record ParentInput(Stream Stream);
