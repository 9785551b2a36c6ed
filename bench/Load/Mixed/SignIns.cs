using Sidecar.TestKit.Browsers;

namespace Sidecar.Load.Mixed;

/// <summary>People who sign in where they may, all the time: with the password when their session is gone, else straight through.</summary>
internal sealed class SignIns(World world, Findings findings)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public int Done { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var person = World.AnyOf(world.People);
            await person.Sessions.WaitAsync(CancellationToken.None);
            try
            {
                if (Missing(person) is { Count: > 0 } sites)
                {
                    await SignInAsync(person, World.AnyOf(sites));
                }
            }
            finally
            {
                person.Sessions.Release();
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private List<Site> Missing(Person person) => world.Under(() => world.Sites.Where(site =>
        world.OutlookOf(person, site) is { Allowed: true } outlook && World.Now >= outlook.SettledAt && !person.Live.Exists(proof => proof.Site == site)).ToList());

    private async Task SignInAsync(Person person, Site site)
    {
        var before = world.OutlookOf(person, site);
        var browser = person.Browser ??= new Browser();
        var page = await browser.NavigateAsync(new Uri(site.Host, "outpost.goauthentik.io/start"));
        page = await browser.SignInAsync(page, person.Username, World.Password);
        if (TicketCookie.Of(browser, site.Host) is { } ticket)
        {
            world.Under(() => person.Live.Add(new Proof(person, site, "Cookie", "theme=dark; " + ticket)));
            Done++;
        }
        else if (ReferenceEquals(before, world.OutlookOf(person, site)))
        {
            findings.Failed($"no ticket for {person.Username} at {site.Slug} after {string.Join(" -> ", browser.Trail)}: {(int)page.Status}");
        }
    }
}
