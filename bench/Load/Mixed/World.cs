using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Mixed;

/// <summary>
/// An installation and, written apart from the product, what it must answer: people, groups, sites, bindings, and from them who may enter what. A change is
/// applied here first; until a second after the API's answer both the old and the new are right, and from then on only the new.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    public const string Password = "a long enough passphrase";

    /// <summary>In <see cref="Now"/>'s unit: the promise is a second.</summary>
    public static readonly long Grace = Stopwatch.Frequency;

    private const int SiteCount = 8;
    private const int PersonCount = 16;
    private const int GroupCount = 6;

    private readonly Lock _lock = new();
    private readonly bool[,] _members = new bool[PersonCount, GroupCount];
    private readonly Outlook[,] _outlooks = new Outlook[PersonCount, SiteCount];

    // Until then a change of the person or of the site may still be on its way.
    private readonly long[] _personInFlux = new long[PersonCount];
    private readonly long[] _siteInFlux = new long[SiteCount];

    private World(SidecarServer server)
    {
        Server = server;
        Api = new AdminApi(server.Address, server.BootstrapToken);
    }

    public static long Now => Stopwatch.GetTimestamp();

    public SidecarServer Server { get; }

    public AdminApi Api { get; }

    /// <summary>The outpost that is asked; people sign in at the embedded one.</summary>
    public StandAloneOutpost Outpost { get; private set; } = null!;

    public List<Person> People { get; } = [];

    public List<Site> Sites { get; } = [];

    public List<Guid> Groups { get; } = [];

    public Uri PublicAddress => Host("auth");

    public static async Task<World> StartAsync()
    {
        var world = new World(await SidecarServer.StartAsync());
        try
        {
            await world.PrepareAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Of a time in <see cref="Now"/>'s unit.</summary>
    public static double SecondsSince(long time) => (Now - time) / (double)Stopwatch.Frequency;

    public static int Any(int below) => RandomNumberGenerator.GetInt32(below);

    public static T AnyOf<T>(IReadOnlyList<T> all) => all[Any(all.Count)];

    public Outlook OutlookOf(Person person, Site site) => Volatile.Read(ref _outlooks[person.Index, site.Index]);

    public bool IsMember(Person person, int group) => _members[person.Index, group];

    public void SetMember(Person person, int group, bool member) => _members[person.Index, group] = member;

    /// <summary>For what is read or changed in several places at once.</summary>
    public T Under<T>(Func<T> look)
    {
        lock (_lock)
        {
            return look();
        }
    }

    public void Under(Action change) => Under(() =>
    {
        change();
        return true;
    });

    /// <summary>A change of a person: says what becomes right, asks the API for it, and says when the old is wrong. One change at a time.</summary>
    public Task ChangeAsync(Person person, Action model, Func<Task> api) => ChangeAsync(_personInFlux, person.Index, model, api);

    /// <inheritdoc cref="ChangeAsync(Person, Action, Func{Task})"/>
    public Task ChangeAsync(Site site, Action model, Func<Task> api) => ChangeAsync(_siteInFlux, site.Index, model, api);

    private async Task ChangeAsync(long[] inFlux, int index, Action model, Func<Task> api)
    {
        var touched = Under(() =>
        {
            inFlux[index] = long.MaxValue;
            model();
            return Unsettle();
        });
        await api();
        inFlux[index] = Now + Grace;
        foreach (var (person, site) in touched)
        {
            Volatile.Write(ref _outlooks[person, site], _outlooks[person, site] with { SettledAt = Now + Grace });
        }
    }

    /// <summary>Makes an app password and answers it as a proof.</summary>
    public async Task<Proof> NewCredentialAsync(Person person)
    {
        var identifier = $"{person.Username}-{Guid.NewGuid():N}";
        await Api.PostAsync("core/tokens/", new { identifier, intent = "app_password", user = person.Key, expiring = false });
        var secret = (await Api.GetAsync($"core/tokens/{identifier}/view_key/")).GetProperty("key").GetString()!;
        var value = person.Index % 2 == 0
            ? "Bearer " + secret
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{person.Username}:{secret}"));
        return new Proof(person, null, "Authorization", value) { TokenIdentifier = identifier };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in People)
        {
            person.Dispose();
        }

        if (Outpost is not null)
        {
            await Outpost.DisposeAsync();
        }

        Api.Dispose();
        await Server.DisposeAsync();
    }

    private async Task PrepareAsync()
    {
        for (var i = 0; i < GroupCount; i++)
        {
            Groups.Add(await Api.CreateGroupAsync($"group-{i}"));
        }

        for (var i = 0; i < SiteCount; i++)
        {
            var (slug, host) = ($"site-{i}", Host($"site-{i}"));
            var (provider, application) = await Api.CreateApplicationAsync(slug, host.ToString().TrimEnd('/'));
            Sites.Add(new Site(i, slug, host, provider, application));
            await BindAsync(Sites[i], i % GroupCount);
        }

        for (var i = 0; i < PersonCount; i++)
        {
            var username = $"person-{i}";
            People.Add(new Person(i, username, await Api.CreateUserAsync(username, Password)));
            People[i].Live.Add(await NewCredentialAsync(People[i]));
            for (var group = i % 2; group < GroupCount; group += 2)
            {
                await Api.AddToGroupAsync(Groups[group], People[i].Key);
                SetMember(People[i], group, true);
            }
        }

        await Api.ServeOnEmbeddedOutpostAsync(PublicAddress, [.. Sites.Select(site => site.Provider)]);
        Outpost = await StandAloneOutpost.StartAsync(Server.Address, await Api.CreateOutpostAsync("mixed", PublicAddress));
        Unsettle();
        foreach (var outpost in (Uri[])[Server.Address, Outpost.Address])
        {
            await new ForwardAuthQuestion(Sites[^1].Host, "/") { IsNavigation = false }.WaitForAsync(outpost, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
        }

        Settle();
    }

    public async Task BindAsync(Site site, int group)
    {
        var binding = await Api.PostAsync("policies/bindings/", new { target = site.Application, group = Groups[group], order = group, enabled = true });
        Under(() => site.Bindings[group] = new SiteBinding(binding.GetProperty("pk").GetGuid(), true));
    }

    private void Settle()
    {
        for (var person = 0; person < PersonCount; person++)
        {
            for (var site = 0; site < SiteCount; site++)
            {
                _outlooks[person, site] = _outlooks[person, site] with { SettledAt = 0 };
            }
        }
    }

    private List<(int Person, int Site)> Unsettle()
    {
        List<(int Person, int Site)> touched = [];
        foreach (var person in People)
        {
            foreach (var site in Sites)
            {
                var allowed = IsAllowed(person, site);
                if (_outlooks[person.Index, site.Index] is not { } outlook || outlook.Allowed != allowed || AreInFlux(person, site))
                {
                    Volatile.Write(ref _outlooks[person.Index, site.Index], new Outlook(allowed, long.MaxValue));
                    touched.Add((person.Index, site.Index));
                }
            }
        }

        return touched;
    }

    // People and sites come to the outpost by two ways: of a change of each, the later may be there first, and what they say together is for a moment neither.
    private bool AreInFlux(Person person, Site site) =>
        _personInFlux[person.Index] > Now && _siteInFlux[site.Index] > Now;

    private bool IsAllowed(Person person, Site site)
    {
        if (site.Application is null || !person.IsActive)
        {
            return false;
        }

        var counting = site.Bindings.Where(binding => binding.Value.Enabled).Select(binding => binding.Key).ToArray();
        return counting.Length == 0
            || (site.NeedsAll ? counting.All(group => IsMember(person, group)) : counting.Any(group => IsMember(person, group)));
    }

    private Uri Host(string name) => new(string.Create(CultureInfo.InvariantCulture, $"http://{name}.sidecar.localhost:{Server.HttpPort}/"));
}
