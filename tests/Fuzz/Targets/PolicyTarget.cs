using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;

namespace Sidecar.Fuzz.Targets;

/// <summary>
/// What an administrator types, and what a client asks. Lines: bindings, a word each (<c>any</c> or <c>all</c> first; <c>u</c> Ana, <c>o</c> somebody else, <c>g0</c> to
/// <c>g3</c> a group that has the one before as its parent, <c>x</c> a group that is gone; then <c>!</c> negated, <c>-</c> disabled, <c>+</c> its failure lets in);
/// Ana's groups as digits, or nothing when nobody is signed in; unauthenticated paths, one a line; last, the path that is asked for.
/// </summary>
internal sealed class PolicyTarget : FuzzTarget
{
    public override string Run(ReadOnlySpan<byte> input)
    {
        var lines = Text(input).Split('\n');
        if (lines.Length < 4)
        {
            return Skipped;
        }

        var words = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        BindingRecord[] bindings = [.. words.Skip(1).Take(8).Select(Binding)];
        var mode = words.FirstOrDefault() == "all" ? BindingMode.All : BindingMode.Any;
        var text = string.Join('\n', lines[2..^1]);
        var saved = PathRules.TryParse(text, out _, out var problem);
        Require(saved != (problem is not null), "what cannot be read says why");
        if (CompiledSnapshot.TryCompile(FuzzScene.Snapshot(PathRules.ExpressionsOf(text), mode, bindings), out _) is not { } compiled)
        {
            return "refused";
        }

        Require(!saved || compiled.Problems.Count == 0, "what could be saved compiles");
        return Decide(compiled, Groups(lines[1]), lines[^1], mode, bindings);
    }

    private static string Decide(CompiledSnapshot compiled, int[]? groups, string path, BindingMode mode, BindingRecord[] bindings)
    {
        var person = groups is null ? null : FuzzScene.Ana with { Groups = [.. groups.Select(group => FuzzScene.Groups[group])] };
        var explained = DecisionExplainer.Explain(compiled, FuzzScene.Host, path, person);
        var (verdict, reason) = explained.Decision;
        Require(verdict != Verdict.Allow || !PathCheck.ClimbsSomehow(path), "a path that climbs is nobody's");
        Require(reason != Reason.PublicPath || Array.Exists([.. explained.Steps], step => step is ExplanationStep.PublicPath { MatchesNormalized: true, MatchesLiteral: true }), "a public path is open in both readings");
        if (verdict == Verdict.Allow && reason != Reason.PublicPath)
        {
            Require(groups is not null && Enters(mode, bindings, groups), "who enters is let in by the bindings, read naively");
        }

        return Reasons.IdOf(reason);
    }

    private static bool Enters(BindingMode mode, BindingRecord[] bindings, int[] groups)
    {
        bool[] results = [.. bindings.Where(binding => binding.Enabled).Select(binding => Passes(binding, groups))];
        return results.Length == 0 || (mode == BindingMode.Any ? results.Contains(true) : !results.Contains(false));
    }

    // Group n has group n - 1 as its parent, so a member of n is a member of all below it.
    private static bool Passes(BindingRecord binding, int[] groups) => binding.Subject switch
    {
        BindingSubject.User => (binding.SubjectId == FuzzScene.Ana.Id) != binding.Negate,
        BindingSubject.Group when Array.IndexOf(FuzzScene.Groups, binding.SubjectId) is var bound && bound >= 0 => groups.Any(group => group >= bound) != binding.Negate,
        _ => binding.FailureResult,
    };

    private static BindingRecord Binding(string word, int order)
    {
        var (subject, id) = word[0] switch
        {
            'u' => (BindingSubject.User, FuzzScene.Ana.Id),
            'o' => (BindingSubject.User, FuzzScene.Session),
            'g' when word.Length > 1 && word[1] is >= '0' and <= '3' => (BindingSubject.Group, FuzzScene.Groups[word[1] - '0']),
            'x' => (BindingSubject.Group, FuzzScene.Session),
            _ => (BindingSubject.Unknown, FuzzScene.Session),
        };
        return new BindingRecord
        {
            Order = order,
            Subject = subject,
            SubjectId = id,
            Negate = word.Contains('!', StringComparison.Ordinal),
            Enabled = !word.Contains('-', StringComparison.Ordinal),
            FailureResult = word.Contains('+', StringComparison.Ordinal),
        };
    }

    private static int[]? Groups(string line) => line.Length == 0 ? null : [.. line.Where(c => c is >= '0' and <= '3').Select(c => c - '0').Distinct()];
}
