namespace Sidecar.Demo.Command;

/// <summary>Why the demo cannot go on, in words for the person who started it.</summary>
internal sealed class DemoException(string problem) : Exception(problem);
