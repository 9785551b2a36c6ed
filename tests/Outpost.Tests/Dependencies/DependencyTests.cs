using System.Text.Json;

namespace Sidecar.Outpost.Tests.Dependencies;

/// <summary>What the outpost is made of. A new line here is a decision: it is on the path of every request and in every image.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["sidecar-outpost"] = "itself",
        ["Sidecar.Contracts"] = "what the two programs agree on",
        ["Sidecar.Decisions"] = "who may enter",
        ["Microsoft.IdentityModel."] = "validates tickets and ID tokens, once each",
        ["Microsoft.Bcl.Cryptography"] = "comes with Microsoft.IdentityModel",
        ["System.IO.Hashing"] = "checksums and cache keys",
        ["Microsoft.Extensions.Http."] = "retries of calls to the control plane",
        ["Microsoft.Extensions.Resilience"] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Microsoft.Extensions.Telemetry"] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Microsoft.Extensions.Compliance.Abstractions"] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Microsoft.Extensions.AmbientMetadata.Application"] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Microsoft.Extensions.DependencyInjection.AutoActivation"] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Microsoft.Extensions.Diagnostics.ExceptionSummarization"] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Polly."] = "comes with Microsoft.Extensions.Http.Resilience",
        ["Yarp.ReverseProxy"] = "one address for sign-in pages and checks",
    };

    private static readonly Dictionary<string, string> Banned = new()
    {
        ["StackExchange.Redis"] = "whoever can write to Redis must not reach an outpost: change numbers come over the control plane's channel",
        ["Microsoft.EntityFrameworkCore"] = "an outpost has no database",
        ["Jint"] = "no general-purpose code runs in a policy",
        ["Newtonsoft.Json"] = "needs reflection, which Native AOT does not have",
        ["Serilog"] = "not free of trim warnings; the built-in JSON console is enough",
    };

    [Fact]
    public void Every_library_of_the_outpost_is_there_for_a_reason() => Assert.All(
        Libraries(),
        library => Assert.True(
            Allowed.Keys.Any(name => name.EndsWith('.') ? library.StartsWith(name, StringComparison.Ordinal) : library == name || library.StartsWith(name + ".", StringComparison.Ordinal)),
            $"{library} is new: say why it is needed, or leave it out"));

    [Fact]
    public void No_banned_library_comes_in_by_a_side_door() => Assert.All(
        Libraries(),
        library => Assert.False(Banned.TryGetValue(library, out var why), $"{library}: {why}"));

    private static string[] Libraries()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "sidecar-outpost.deps.json"));
        return [.. JsonDocument.Parse(file).RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }
}
