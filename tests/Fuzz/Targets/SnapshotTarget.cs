using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Secrets;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Fuzz.Targets;

/// <summary>
/// <c>s</c>, line feed, JSON: a payload that the target signs, so that what comes after the signature is reached too. <c>e</c>, line feed, edits of a genuine
/// document in three bytes each (place, place, byte). <c>r</c>, line feed, bytes: a document as it came.
/// </summary>
internal sealed class SnapshotTarget : FuzzTarget
{
    private static readonly SecretsTable NoSecrets = SecretsTable.TryDecode(new SecretsDocument { Providers = [] })!;

    private readonly byte[] _genuine = SnapshotDocument.Write(FuzzScene.Snapshot(), FuzzScene.Key);
    private readonly byte[] _payload = JsonSerializer.SerializeToUtf8Bytes(FuzzScene.Snapshot(), ContractsJson.Default.Snapshot);
    private readonly TrustedKeys _keys = new([FuzzScene.PublicKey]);

    public override string Run(ReadOnlySpan<byte> input) => input.Length < 2 ? Skipped : (char)input[0] switch
    {
        's' => ReadSigned(input[2..]),
        'e' => ReadEdited(input[2..]),
        'r' => ReadForeign(input[2..].ToArray()),
        _ => Skipped,
    };

    private static string ReadSigned(ReadOnlySpan<byte> payload)
    {
        var document = SignedDocument.Write(Snapshot.DocumentType, Snapshot.FormatVersion, minReader: 1, payload, FuzzScene.Key);
        if (SnapshotDocument.TryRead(document, _ => FuzzScene.Key, out var snapshot) is var fault && fault != SignedDocumentFault.None)
        {
            return fault.ToString();
        }

        if (CompiledSnapshot.TryCompile(snapshot!, out var problem) is not { } compiled)
        {
            return problem!;
        }

        Use(compiled);
        return "used";
    }

    private string ReadEdited(ReadOnlySpan<byte> edits)
    {
        var document = (byte[])_genuine.Clone();
        for (; edits.Length >= 3; edits = edits[3..])
        {
            document[((edits[0] << 8) | edits[1]) % document.Length] = edits[2];
        }

        return ReadForeign(document);
    }

    private string ReadForeign(byte[] document)
    {
        var fault = SnapshotDocument.TryRead(document, _keys.Find, out _);
        Require(
            fault != SignedDocumentFault.None || document.AsSpan(document.AsSpan().IndexOf((byte)'\n') + 1).SequenceEqual(_payload), "nothing is accepted that was not signed");
        return fault.ToString();
    }

    /// <summary>What an outpost does with it at its first requests.</summary>
    private static void Use(CompiledSnapshot compiled)
    {
        var source = compiled.Source;
        var view = new ServingView(
            new Serving(compiled, FuzzScene.Trust, NoSecrets), new TicketKeyRing(source.Installation, source.TicketKeys), hostBrowser: null);
        foreach (var application in compiled.Applications)
        {
            view.Of(application);
            var explained = DecisionExplainer.Explain(application, "/public/x", null);
            Require(explained.Decision.Verdict != Verdict.Allow || explained.Decision.Reason == Reason.PublicPath, "nobody enters but by a public path");
            DecisionEngine.Decide(application, "/private", compiled.FactsOf(FuzzScene.Ana));
        }
    }
}
