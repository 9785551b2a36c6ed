namespace Sidecar.TestKit.Processes;

/// <summary>A program that a test needs did not become usable; the message ends with what the program wrote.</summary>
public sealed class ServerProcessException(string problem, string output)
    : Exception($"{problem}\n--- its output ---\n{output}");
