namespace Sidecar.Decisions;

/// <summary>The question that every request asks. Pure; allocates nothing, unless a path rule that is a regular expression has to run.</summary>
public static class DecisionEngine
{
    /// <param name="application">From the snapshot that <paramref name="principal"/> was compiled with.</param>
    /// <param name="rawPath">As the proxy sent it, percent-encoded, without query and fragment.</param>
    /// <param name="principal">Null when nobody is signed in.</param>
    public static Decision Decide(CompiledApplication application, ReadOnlySpan<char> rawPath, PrincipalFacts? principal)
    {
        var fault = PathNormalizer.Inspect(rawPath);
        if (PathVerdicts.IsRefused(fault, out var refusal))
        {
            return refusal;
        }

        var decision = DecideOnPerson(application, principal);
        return decision.Verdict == Verdict.Allow || decision.Reason == Reason.PrincipalInactive
            ? decision
            : PathVerdicts.OrPublic(decision, application.PublicPaths, rawPath, fault);
    }

    internal static Decision DecideOnPerson(CompiledApplication application, PrincipalFacts? principal)
    {
        if (principal is null)
        {
            return new Decision(Verdict.SignIn, Reason.NotSignedIn);
        }

        // Group numbers of another snapshot would name other groups: facts that were not renewed are a bug, and a bug keeps people out.
        if (!ReferenceEquals(principal.Snapshot, application.Snapshot))
        {
            return default;
        }

        if (!principal.Principal.Active)
        {
            return new Decision(Verdict.Deny, Reason.PrincipalInactive);
        }

        var result = application.Bindings.Evaluate(principal);
        return new Decision(result.Passes ? Verdict.Allow : Verdict.Deny, result.Reason);
    }
}
