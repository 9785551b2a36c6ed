using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Contracts;
using Sidecar.Decisions;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Signing;

/// <summary>
/// A policy as it lies in Git: the payload of a snapshot, not signed yet. It was written by hand, so it is read more strictly than what a control plane sends:
/// a name that is not known is a slip of the pen, and a host or expression that would be skipped is refused.
/// </summary>
internal static class PolicyFile
{
    private static readonly ContractsJson Strict = new(new JsonSerializerOptions(ContractsJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });

    /// <exception cref="OutpostStartException">It is no policy, or not one that can be meant.</exception>
    public static CompiledSnapshot Read(string path, ReadOnlySpan<byte> json)
    {
        var snapshot = GivenFile.Parse(path, json, Strict.Snapshot);
        var compiled = CompiledSnapshot.TryCompile(snapshot, out var problem) ?? throw new OutpostStartException($"{path} is refused: {problem}");
        return compiled.Problems.Count == 0 ? compiled : throw new OutpostStartException($"{path} is refused:\n- {string.Join("\n- ", compiled.Problems)}");
    }
}
