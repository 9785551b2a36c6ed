using System.Runtime.InteropServices;

namespace Sidecar.Load;

/// <summary>What it was measured on, in one line.</summary>
internal static class Machine
{
    public static string Text
    {
        get
        {
            var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1];
            return $"{processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
        }
    }
}
