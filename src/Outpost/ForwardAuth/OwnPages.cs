using Sidecar.Decisions;
using Sidecar.Outpost.Pages;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.SignOut;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The outpost's own addresses, whether a browser is here directly or a proxy's check brings its request. Nothing here answers 200.</summary>
internal sealed class OwnPages(SignInStarter starter, SignInCallback callback, SignOutEndpoint signOut)
{
    /// <returns>Null when the answer is written, else what to answer.</returns>
    public async Task<Refusal?> AnswerAsync(Visit visit, OwnPage page, CancellationToken cancel) => page switch
    {
        OwnPage.Start => Start(visit),
        OwnPage.Callback => await callback.AnswerAsync(visit, cancel),
        OwnPage.SignOut => await signOut.AnswerAsync(visit, cancel),
        _ => new Refusal(Reason.NoSuchPage),
    };

    private Refusal? Start(Visit visit) => visit.IsNavigation
        ? starter.Start(visit, QueryReader.ReturnTo(visit.Request.Query) ?? "", attempt: 1)
        : new Refusal(Reason.NotSignedIn) { SignInUrl = visit.Application.StartUrl };

    /// <summary>Envoy: an attempt that is answered in a check cannot be finished there; the prefix is routed to the outpost, so the browser goes there.</summary>
    public static Refusal? AnswerInEnvoyCheck(Visit visit, OwnPage page)
    {
        if (page == OwnPage.SignOut && visit.IsNavigation && visit.Application.Origin is not null)
        {
            RefusalWriter.Redirect(visit.Context, visit.OriginHere + OutpostPaths.SignOut, setCookie: null);
            return null;
        }

        return new Refusal(page == OwnPage.Callback ? Reason.CallbackInCheck : Reason.NoSuchPage);
    }
}
