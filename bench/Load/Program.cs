using System.Runtime.InteropServices;
using Sidecar.Load;

// Measures the published programs over loopback and prints Markdown; see bench/README.md.
var scenarios = new Dictionary<string, Func<Task<string>>>
{
    ["check"] = CheckScenario.RunAsync,
    ["start"] = StartScenario.RunAsync,
    ["enforce"] = EnforceScenario.RunAsync,
};
var chosen = args.Length == 0 ? scenarios.Keys.ToArray() : args;
if (chosen.Except(scenarios.Keys).ToArray() is { Length: > 0 } unknown)
{
    Console.Error.WriteLine($"unknown: {string.Join(' ', unknown)}. Usage: dotnet run -c Release --project bench/Load [{string.Join("] [", scenarios.Keys)}]");
    return 2;
}

var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1];
Console.WriteLine($"{processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}\n");
foreach (var name in chosen)
{
    Console.WriteLine($"## {name}\n\n{await scenarios[name]()}");
}

return 0;
