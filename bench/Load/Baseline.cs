using System.Text.Encodings.Web;
using System.Text.Json;
using Sidecar.TestKit.Processes;

namespace Sidecar.Load;

/// <summary>The checked-in results: <c>bench/Baselines</c>.</summary>
internal static class Baseline
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string PathOf(string file) => Path.Combine(Repository.Root, "bench/Baselines", file);

    public static T? Read<T>(string file) where T : class =>
        File.Exists(PathOf(file)) ? JsonSerializer.Deserialize<T>(File.ReadAllText(PathOf(file)), Written) : null;

    public static void Write<T>(string file, T value) => File.WriteAllText(PathOf(file), JsonSerializer.Serialize(value, Written) + "\n");
}
