using Sidecar.Contracts;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Signing;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Checking;

/// <summary><c>check</c>: asks the very engine that decides about a request that is only described. Nothing is started and nothing is asked.</summary>
internal static class CheckCommand
{
    private static readonly string[] Names = ["--snapshot", "--snapshot-key", "--url", "--method", "--client", "--user", "--group", "--principal"];
    private static readonly string[] Flags = ["--json"];

    /// <returns>What to print, and whether the request would be let through.</returns>
    /// <exception cref="OutpostStartException">The arguments or the files are wrong.</exception>
    public static (string Text, bool Allows) Run(IReadOnlyList<string> arguments)
    {
        var given = ArgumentList.TryRead(arguments, Names, Flags, out var mistake) ?? throw new OutpostStartException(mistake!);
        if (given.Rest is [var unknown, ..])
        {
            throw new OutpostStartException($"'{unknown}' is not an argument of this command");
        }

        var path = given.Last("--snapshot") ?? throw new OutpostStartException("--snapshot is missing: a signed snapshot, or a policy that is not signed yet");
        var key = given.Last("--snapshot-key");
        var snapshot = Open(path, key);
        var question = CheckQuestion.Read(given, snapshot);
        var report = new CheckReport(
            question, DecisionExplainer.Explain(snapshot, question.Authority, question.Path, question.Principal), snapshot, isVerified: key is not null);
        return (given.Has("--json") ? report.ToJson() : report.ToText(), report.Allows);
    }

    // Nobody is let in by this command, so it may look at what has no signature: a policy is tried before it is signed.
    private static CompiledSnapshot Open(string path, string? keyPath)
    {
        var document = GivenFile.Read(path);
        if (keyPath is null)
        {
            return SignedDocument.TryPayload(document, out var payload) ? Compile(path, GivenFile.Parse(path, payload.Span, ContractsJson.Default.Snapshot)) : PolicyFile.Read(path, document);
        }

        var key = GivenFile.Parse(keyPath, GivenFile.Read(keyPath), ContractsJson.Default.PublicKeyRecord);
        return SnapshotDocument.TryRead(document, new TrustedKeys([key]).Find, out var snapshot) is var fault && fault != SignedDocumentFault.None
            ? throw new OutpostStartException($"{path} is refused: {fault} (checked with the key in {keyPath})")
            : Compile(path, snapshot!);
    }

    private static CompiledSnapshot Compile(string path, Snapshot snapshot) =>
        CompiledSnapshot.TryCompile(snapshot, out var problem) ?? throw new OutpostStartException($"{path} is refused: {problem}");
}
