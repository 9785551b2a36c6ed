using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Snapshots;

/// <summary>The policy that administrators copy from <c>src/Outpost/Snapshots/README.md</c>.</summary>
public static class PolicyInReadme
{
    private const string Fence = "```json block=policy\n";

    public static string Text { get; } = Read();

    private static string Read()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "src/Outpost/Snapshots/README.md"));
        var start = page.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        return page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)] + "\n";
    }
}
