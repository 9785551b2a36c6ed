using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows.Links;

/// <summary>A browser or a script at the address of a link. Looking uses nothing up: mail programs look at every link before its reader does.</summary>
internal sealed class LinkVisits(FlowLinks links, FlowBrowser browser, FlowEntry entry, FlowReplies replies, BrowserSession sessions)
{
    private const string Dead = "This link was used already, has expired or is not whole. Ask for a new one.";

    public async Task<FlowReply> ShowAsync(FlowRequest request, Flow flow, string secret, string? notice = null) =>
        (await OpenAsync(request, flow, secret)).Refusal ?? await AskAsync(request, flow, secret, notice);

    public async Task<FlowReply> AnswerAsync(FlowRequest request, Flow flow, string secret, StageAnswer answer)
    {
        if (!IsMeant(request, secret, answer))
        {
            return await ShowAsync(request, flow, secret, FlowExecutor.StartedOver);
        }

        var (link, refusal) = await OpenAsync(request, flow, secret);
        if (refusal is not null)
        {
            return refusal;
        }

        return await links.UseAsync(request.Http, flow, link!, (await sessions.FindAsync(request.Http))?.Id) is { } run
            ? await replies.GoToAsync(flow, run.Context.Start, Addresses.OfFlow(flow.Slug, $"{FlowQuery.RunKey}={run.Row.Id:D}"))
            : await replies.DeadLinkAsync(flow, Dead);
    }

    private async Task<(MailedLink? Link, FlowReply? Refusal)> OpenAsync(FlowRequest request, Flow flow, string secret)
    {
        if (await links.FindAsync(flow, secret, request.Cancel) is not { } link)
        {
            return (null, await replies.DeadLinkAsync(flow, Dead));
        }

        var session = await sessions.FindAsync(request.Http);
        var start = FlowLinks.ContentOf(link).Context.Start with { Session = session?.Id, ByLink = true };
        return await entry.RefusalAsync(flow, start, session, request.Cancel) is { } refusal
            ? (null, await replies.RefuseAsync(flow, start, refusal, signedIn: session is not null))
            : (link, null);
    }

    private Task<FlowReply> AskAsync(FlowRequest request, Flow flow, string secret, string? notice) =>
        replies.ConfirmAsync(flow, FlowLinks.FormTokenFor(browser.FindOrIssue(request.Http), secret), notice);

    private bool IsMeant(FlowRequest request, string secret, StageAnswer answer) => request.FromPage
        ? browser.Find(request.Http) is { } value && request.FormToken is { } token
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(FlowLinks.FormTokenFor(value, secret)))
        : answer.Component == EmailChallenge.Name;
}
