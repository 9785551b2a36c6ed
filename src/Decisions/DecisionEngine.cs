namespace Sidecar.Decisions;

/// <summary>The question that every request asks. Pure; allocates nothing, unless a path rule that is a regular expression has to run.</summary>
public static class DecisionEngine
{
    /// <param name="application">From the snapshot that <paramref name="principal"/> was compiled with.</param>
    /// <param name="rawPath">As the proxy sent it, percent-encoded, without query and fragment.</param>
    /// <param name="principal">Null when nobody is signed in.</param>
    public static Decision Decide(CompiledApplication application, ReadOnlySpan<char> rawPath, PrincipalFacts? principal) =>
        DecideOnPath(application, rawPath, DecideOnPerson(application, principal));

    /// <summary>The decision about one path, when what the person alone is allowed is known.</summary>
    /// <param name="application">As in the other.</param>
    /// <param name="rawPath">As in the other.</param>
    /// <param name="onPerson"><see cref="DecideOnPerson"/> of this very application and of the person as it is now.</param>
    public static Decision DecideOnPath(CompiledApplication application, ReadOnlySpan<char> rawPath, Decision onPerson)
    {
        var fault = PathNormalizer.Inspect(rawPath);
        return PathVerdicts.IsRefused(fault, out var refusal) ? refusal
            : onPerson.Verdict == Verdict.Allow || onPerson.Reason == Reason.PrincipalInactive ? onPerson
            : PathVerdicts.OrPublic(onPerson, application.PublicPaths, rawPath, fault);
    }

    /// <summary>
    /// What the bindings say, whatever the path. It depends on nothing but the two objects, neither of which ever changes, so it may be kept as long as both are
    /// the ones in force.
    /// </summary>
    public static Decision DecideOnPerson(CompiledApplication application, PrincipalFacts? principal)
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
