using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Links;

/// <summary>Makes, finds and uses up links; see <see cref="MailedLink"/>.</summary>
internal sealed class FlowLinks(ControlPlaneContext database, FlowRuns runs, FlowBrowser browser, TimeProvider time)
{
    private const int Bytes = 32;
    private const int MaxSecretLength = 100;

    /// <summary>The whole address of a new link, from the configured public address and from nothing that a request says. It is saved with the context.</summary>
    /// <param name="publicUrl">Of the installation.</param>
    /// <param name="flow">That it goes on with.</param>
    /// <param name="user">Null: nobody; see <see cref="MailedLink.UserId"/>.</param>
    /// <param name="mailed">It goes to the user's mail address, and counts only as long as that is theirs.</param>
    /// <param name="content">Where it goes on.</param>
    /// <param name="until">When it ends.</param>
    public string Add(string publicUrl, Flow flow, User? user, bool mailed, LinkContent content, DateTimeOffset until)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        database.MailedLinks.Add(new MailedLink
        {
            SecretHash = HashOf(secret),
            FlowId = flow.Id,
            UserId = user?.Id,
            EmailKey = mailed && user is not null ? user.EmailKey : "",
            Content = RunJson.Write(content),
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = until,
        });
        return PublicUrls.PageOf(publicUrl, Addresses.OfFlow(flow.Slug, $"{FlowQuery.LinkKey}={secret}"));
    }

    /// <summary>Null: used, expired, of another flow, or no longer its user's.</summary>
    public async Task<MailedLink?> FindAsync(Flow flow, string secret, CancellationToken cancel)
    {
        if (secret.Length > MaxSecretLength)
        {
            return null;
        }

        var hash = HashOf(secret);
        var now = time.GetUtcNow();
        var link = await database.MailedLinks.AsNoTracking().Include(row => row.User).SingleOrDefaultAsync(row => row.SecretHash == hash, cancel);
        return link is { User: { } user } && link.FlowId == flow.Id && link.ExpiresAt > now && (link.EmailKey.Length == 0 || link.EmailKey == user.EmailKey)
            && (user.IsActive || (ContentOf(link).Activates && await IsAloneAsync(user, cancel))) ? link : null;
    }

    // Whoever owns the mailbox may have pressed the button for a stranger, who chose the password. Of two accounts with one address, the one that is there stays the one.
    private async Task<bool> IsAloneAsync(User user, CancellationToken cancel) =>
        !await database.Users.AnyAsync(other => other.EmailKey == user.EmailKey && other.IsActive && other.Id != user.Id, cancel);

    /// <summary>
    /// The run that goes on from the link, under a new value of the browser's cookie; null: somebody was faster. What the user has of other links into the flow ends
    /// with it.
    /// </summary>
    public async Task<LiveRun?> UseAsync(HttpContext http, Flow flow, MailedLink link, Guid? session)
    {
        var cancel = http.RequestAborted;
        var former = browser.Find(http);
        var value = FlowBrowser.NewValue();
        LiveRun run;
        await using (var write = await database.BeginWriteAsync(cancel))
        {
            var now = time.GetUtcNow();
            if (await database.MailedLinks.Where(row => row.Id == link.Id && row.ExpiresAt > now).ExecuteDeleteAsync(cancel) != 1)
            {
                return null;
            }

            await database.MailedLinks.Where(row => row.UserId == link.UserId && row.FlowId == flow.Id).ExecuteDeleteAsync(cancel);
            var content = RunJson.Read<LinkContent>(link.Content.GetRawText());
            if (content.Run is { } waiting)
            {
                await database.FlowRuns.Where(row => row.Id == waiting).ExecuteDeleteAsync(cancel);
            }

            if (content.Activates)
            {
                (await database.Users.SingleAsync(user => user.Id == link.UserId, cancel)).IsActive = true;
            }

            run = runs.Begun(http, value, flow, PlanOf(content, now), content.Context with { Start = content.Context.Start with { Session = session, ByLink = true } });
            await runs.AddAsync(run, cancel);
            await write.CommitAsync(cancel);
        }

        if (former is not null)
        {
            await runs.MoveOthersAsync(FlowBrowser.HashOf(former), FlowBrowser.HashOf(value), cancel);
        }

        browser.Set(http, value);
        return run;
    }

    public static LinkContent ContentOf(MailedLink link) => RunJson.Read<LinkContent>(link.Content.GetRawText());

    /// <summary>What the page's form carries: it can be made only with the browser's cookie, so no other site sends somebody through a link of its own.</summary>
    public static string FormTokenFor(string browserValue, string secret) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(browserValue), Encoding.UTF8.GetBytes($"sidecar/flow-link/1 {secret}")));

    private static RunPlan PlanOf(LinkContent content, DateTimeOffset now) =>
        content.Proves.Aggregate(content.Plan with { State = RunState.Open }, (plan, proof) => plan.With(proof with { At = now }));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
