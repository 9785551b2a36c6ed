using Sidecar.Contracts.Principals;
using Sidecar.Decisions.Explanations;

namespace Sidecar.Decisions;

/// <summary>
/// Answers "why?" for administrators. The decision is <see cref="DecisionEngine"/>'s own and the steps ask the same compiled rules, so what is explained
/// is what happens. Allocates; not for the request path.
/// </summary>
public static class DecisionExplainer
{
    /// <param name="snapshot">The snapshot in force at the outpost that is asked about.</param>
    /// <param name="authority"><c>host[:port]</c> as a browser would ask for it.</param>
    /// <param name="rawPath">Percent-encoded, without query and fragment.</param>
    /// <param name="principal">Null to ask about somebody who is not signed in.</param>
    public static Explanation Explain(CompiledSnapshot snapshot, string authority, string rawPath, Principal? principal)
    {
        var application = snapshot.FindByHost(authority, out var reason);
        var host = new ExplanationStep.Host(authority, reason);
        if (application is null)
        {
            return new Explanation(null, new Decision(Verdict.Deny, reason), [host]);
        }

        var explanation = Explain(application, rawPath, principal is null ? null : snapshot.FactsOf(principal));
        return explanation with { Steps = [host, .. explanation.Steps] };
    }

    public static Explanation Explain(CompiledApplication application, string rawPath, PrincipalFacts? principal)
    {
        var path = PathExplainer.Read(rawPath);
        var steps = new List<ExplanationStep> { path, new ExplanationStep.Person(principal is not null, principal?.Principal.Active ?? false) };
        steps.AddRange(BindingExplainer.Steps(application, principal));
        steps.AddRange(PathExplainer.Rules(application, path));
        return new Explanation(application, DecisionEngine.Decide(application, rawPath, principal), steps);
    }
}
