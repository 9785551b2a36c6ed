using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Mixed;

/// <summary>Asks the outpost as Traefik does and judges each answer by the <see cref="World"/>.</summary>
internal sealed class Checks(World world, Findings findings)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var (person, site) = (World.AnyOf(world.People), World.AnyOf(world.Sites));
            if (ProofOf(person, site) is { } proof)
            {
                await AskAsync(person, site, proof);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    // Now and then with something that was taken back long ago.
    private Proof? ProofOf(Person person, Site site) => world.Under(() =>
    {
        var fitting = (World.Any(8) == 0 ? person.Worthless : person.Live).Where(proof => proof.Site is null || proof.Site == site).ToArray();
        var wanted = World.Any(3) == 0 ? null : site;
        return fitting.Length == 0 ? null : Array.Find(fitting, proof => proof.Site == wanted) ?? World.AnyOf(fitting);
    });

    private async Task AskAsync(Person person, Site site, Proof proof)
    {
        var question = new ForwardAuthQuestion(site.Host, "/reports/2026?page=3")
        {
            IsNavigation = World.Any(2) == 0,
            MoreHeaders = new Dictionary<string, string>
            {
                [proof.Header] = proof.Value,

                // Everybody is somewhere else: what one address may ask for is bounded.
                ["X-Forwarded-For"] = $"198.18.{World.Any(256)}.{World.Any(256)}",
            },
        };
        var (outlook, wasLive, started) = (world.OutlookOf(person, site), proof.IsLive, World.Now);
        var wasWorthless = proof.IsWorthlessAt(started);
        var status = await StatusAsync(question);
        var took = World.Now - started;
        if (status is null)
        {
            return;
        }

        if (IsFailure(status.Value))
        {
            findings.Failed($"{person.Username} at {site.Slug} with {Kind(proof)}: {(int)status}");
            return;
        }

        var isSettled = started >= outlook.SettledAt && ReferenceEquals(outlook, world.OutlookOf(person, site));
        var isRight = Judge(outlook, isSettled, wasWorthless, isLive: wasLive && proof.IsLive, status.Value);
        findings.Answered(status.Value, took, isJudged: isRight is not null, isCredential: proof.Site is null);
        if (isRight == false)
        {
            findings.Wrong(
                $"{person.Username} at {site.Slug} with {Kind(proof)}: {(int)status}; allowed {outlook.Allowed}, live {wasLive}",
                wasWorthless ? proof.SecondsSinceEnd : World.SecondsSince(outlook.SettledAt - World.Grace));
        }
    }

    private static string Kind(Proof proof) => proof.Site is null ? "an app password" : "a ticket";

    private static bool IsFailure(HttpStatusCode status) => (int)status >= 500 || status == HttpStatusCode.TooManyRequests;

    /// <summary>Null: both are right, because something has just changed.</summary>
    private static bool? Judge(Outlook outlook, bool isSettled, bool wasWorthless, bool isLive, HttpStatusCode status)
    {
        if (wasWorthless || (isSettled && !outlook.Allowed))
        {
            return status != HttpStatusCode.OK;
        }

        return isSettled && isLive ? status == HttpStatusCode.OK : null;
    }

    private async Task<HttpStatusCode?> StatusAsync(ForwardAuthQuestion question)
    {
        try
        {
            Page answer = await question.AskAsync(world.Outpost.Address);
            return answer.Status;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            findings.Failed("no answer: " + problem.Message);
            return null;
        }
    }
}
