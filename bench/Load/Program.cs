using System.Globalization;
using Sidecar.Load;
using Sidecar.Load.Identity;
using Sidecar.Load.Mixed;
using Sidecar.Load.Rendering;
using Sidecar.Load.Report;

// Measures the published programs over loopback; see bench/README.md.
var scenarios = new Dictionary<string, Func<Task<string>>>
{
    ["start"] = StartScenario.RunAsync,
    ["enforce"] = EnforceScenario.RunAsync,
    ["identity"] = IdentityScenario.RunAsync,
};
if (args is ["mixed", ..])
{
    var minutes = args is [_, "--minutes", var text] ? double.Parse(text, CultureInfo.InvariantCulture) : 30;
    var result = await MixedScenario.RunAsync(minutes, Console.Error.WriteLine);
    Baseline.Write(MixedScenario.File, result);
    return result.Wrong + result.Failures == 0 ? 0 : 1;
}

if (args is ["report", "--readme"])
{
    Documents.Write();
    return 0;
}

if (args is ["report", ..])
{
    await ReportScenario.RunAsync(args is [_, "--rows", .. var parts] ? parts : ReportScenario.Parts, Console.Error.WriteLine);
    return 0;
}

var chosen = args.Length == 0 ? scenarios.Keys.ToArray() : args;
if (chosen.Except(scenarios.Keys).ToArray() is { Length: > 0 } unknown)
{
    Console.Error.WriteLine($"unknown: {string.Join(' ', unknown)}. Usage: dotnet run -c Release --project bench/Load [{string.Join("] [", scenarios.Keys)}]");
    return 2;
}

Console.WriteLine(Machine.Text + "\n");
foreach (var name in chosen)
{
    Console.WriteLine($"## {name}\n\n{await scenarios[name]()}");
}

return 0;
