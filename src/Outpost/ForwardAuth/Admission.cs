using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.Telemetry;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Decides about a person who is known, and writes the 200 or says why there is none.</summary>
internal sealed class Admission(IdentityAnswers answers, OutpostMetrics metrics, ILogger<Admission> logger)
{
    public Refusal? Admit(Visit visit, in ProofOutcome found)
    {
        var application = visit.Application;
        var principal = found.Principal!;
        var facts = FactsOf(visit, found);
        var decision = DecisionEngine.Decide(application.Compiled, visit.Request.Path, facts);
        if (decision.Verdict != Verdict.Allow)
        {
            return RefusalOf(visit, decision, principal.Username);
        }

        if (decision.Reason == Reason.PublicPath)
        {
            return Write(visit, application.Nobody, decision.Reason);
        }

        var answer = answers.For(found.Proof!, application, principal, facts);
        var budget = application.BudgetAt(visit.Dialect);
        if (answer.Size <= budget)
        {
            return Write(visit, answer, decision.Reason);
        }

        logger.IdentityTooLarge(visit.Request.Authority.ToString(), principal.Username, answer.Size, IdentityBudget.Setting, budget);
        return new Refusal(Reason.IdentityTooLarge)
        {
            Detail = $"The identity headers take {answer.Size} bytes; {IdentityBudget.Setting} allows {budget}.",
        };
    }

    /// <summary>For a path that is open to everybody.</summary>
    public Refusal? AdmitNobody(Visit visit, Decision decision) =>
        decision.Verdict == Verdict.Allow ? Write(visit, visit.Application.Nobody, decision.Reason) : RefusalOf(visit, decision, user: "");

    private static PrincipalFacts FactsOf(Visit visit, in ProofOutcome found) =>
        found.Proof!.Answer is { Facts: { } facts } answer && ReferenceEquals(answer.Application, visit.Application)
            && ReferenceEquals(answer.Principal, found.Principal)
                ? facts
                : visit.View.Serving.Compiled.FactsOf(found.Principal!);

    // A verdict to sign in about somebody who is signed in is no verdict: it ends as a refusal.
    private static Refusal RefusalOf(Visit visit, Decision decision, string user) => new(decision.Reason)
    {
        Detail = user.Length > 0 ? $"Signed in as {user}." : null,
        ActionUrl = user.Length > 0 && visit.OriginHere.Length > 0 ? visit.OriginHere + SignIn.OutpostPaths.SignOut : null,
        ActionText = "Sign in as somebody else",
    };

    private Refusal? Write(Visit visit, IdentityAnswer answer, Reason reason)
    {
        var features = visit.Context.Features;
        AnswerWriter.Allow(features, features.GetRequiredFeature<IHttpResponseFeature>(), answer);
        metrics.Decided(visit.Application.Compiled, visit.Request.Method, Verdict.Allow, reason, Stopwatch.GetTimestamp() - visit.Started);
        return null;
    }
}
