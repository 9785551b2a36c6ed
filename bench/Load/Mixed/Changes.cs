using System.Diagnostics;

namespace Sidecar.Load.Mixed;

/// <summary>What administrators do, over the API, so many times a second, one after the other.</summary>
internal sealed class Changes(World world, double perSecond)
{
    // So that most of the time most people can do something.
    private const int MostAsleep = 3;

    private readonly Dictionary<string, int> _done = [];

    public IReadOnlyDictionary<string, int> Done => _done;

    public async Task RunAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        for (var count = 0; !cancel.IsCancellationRequested; count++)
        {
            var wait = TimeSpan.FromSeconds(count / perSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, CancellationToken.None);
            }

            var name = await OneAsync();
            _done[name] = _done.GetValueOrDefault(name) + 1;
        }
    }

    private async Task<string> OneAsync()
    {
        var (person, site, group) = (World.AnyOf(world.People), World.AnyOf(world.Sites), World.Any(world.Groups.Count));
        return World.Any(100) switch
        {
            < 40 => await MemberAsync(person, group),
            < 62 => await BindingAsync(site, group),
            < 70 => await ModeAsync(site),
            < 80 => await ActiveAsync(world.People.FindAll(other => !other.IsActive) is { Count: >= MostAsleep } asleep ? World.AnyOf(asleep) : person),
            < 84 => await EndSessionsAsync(person),
            < 88 => await CredentialAsync(person),
            < 93 => await ApplicationAsync(world.Sites.Find(other => other.Application is null) ?? site, group),
            _ => await NameAsync(person),
        };
    }

    private async Task<string> MemberAsync(Person person, int group)
    {
        var joins = !world.IsMember(person, group);
        await world.ChangeAsync(
            person,
            () => world.SetMember(person, group, joins),
            () => joins ? world.Api.AddToGroupAsync(world.Groups[group], person.Key) : world.Api.RemoveFromGroupAsync(world.Groups[group], person.Key));
        return joins ? "joined a group" : "left a group";
    }

    private async Task<string> BindingAsync(Site site, int group)
    {
        if (site.Application is null)
        {
            return await ApplicationAsync(site, group);
        }

        if (!site.Bindings.TryGetValue(group, out var binding))
        {
            await world.ChangeAsync(site, () => site.Bindings[group] = new SiteBinding(default, true), () => world.BindAsync(site, group));
            return "bound a group";
        }

        if (World.Any(2) == 0)
        {
            await world.ChangeAsync(site, () => site.Bindings.Remove(group), () => world.Api.DeleteAsync($"policies/bindings/{binding.Key}/"));
            return "unbound a group";
        }

        await world.ChangeAsync(
            site,
            () => site.Bindings[group] = binding with { Enabled = !binding.Enabled },
            () => world.Api.PatchAsync($"policies/bindings/{binding.Key}/", new { enabled = !binding.Enabled }));
        return binding.Enabled ? "disabled a binding" : "enabled a binding";
    }

    private async Task<string> ModeAsync(Site site)
    {
        if (site.Application is not null)
        {
            var all = !site.NeedsAll && World.Any(2) == 0;
            await world.ChangeAsync(
                site,
                () => site.NeedsAll = all,
                () => world.Api.PatchAsync($"core/applications/{site.Slug}/", new { policy_engine_mode = all ? "all" : "any" }));
        }

        return "any or all bindings";
    }

    private async Task<string> ActiveAsync(Person person)
    {
        var active = !person.IsActive;
        await WithSessionsAsync(person, async () =>
        {
            // Whoever is disabled is signed out too; an app password sleeps and wakes with its owner.
            var tickets = active ? [] : BeginEnd(person, proof => proof.Site is not null);
            await world.ChangeAsync(person, () => person.IsActive = active, () => world.Api.PatchAsync($"core/users/{person.Key}/", new { is_active = active }));
            End(person, tickets);
        });
        return active ? "enabled a user" : "disabled a user";
    }

    private async Task<string> EndSessionsAsync(Person person)
    {
        await WithSessionsAsync(person, async () =>
        {
            var sessions = await world.Api.GetAsync($"core/authenticated_sessions/?user__username={person.Username}");
            var tickets = BeginEnd(person, proof => proof.Site is not null);
            foreach (var session in sessions.GetProperty("results").EnumerateArray())
            {
                await world.Api.DeleteAsync($"core/authenticated_sessions/{session.GetProperty("uuid").GetString()}/");
            }

            End(person, tickets);
        });
        return "ended sessions";
    }

    private async Task<string> CredentialAsync(Person person)
    {
        var old = BeginEnd(person, proof => proof.Site is null);
        foreach (var proof in old)
        {
            await world.Api.DeleteAsync($"core/tokens/{proof.TokenIdentifier}/");
        }

        End(person, old);
        var next = await world.NewCredentialAsync(person);
        world.Under(() => person.Live.Add(next));
        return "replaced an app password";
    }

    private async Task<string> ApplicationAsync(Site site, int group)
    {
        if (site.Application is not null)
        {
            await world.ChangeAsync(
                site,
                () =>
                {
                    (site.Application, site.NeedsAll) = (null, false);
                    site.Bindings.Clear();
                },
                () => world.Api.DeleteAsync($"core/applications/{site.Slug}/"));
            return "deleted an application";
        }

        // Without bindings it is open to everybody who is signed in; the group comes as the next change.
        await world.ChangeAsync(
            site,
            () => site.Application = Guid.Empty,
            async () =>
            {
                var application = await world.Api.PostAsync("core/applications/", new { name = site.Slug, slug = site.Slug, provider = site.Provider });
                world.Under(() => site.Application = application.GetProperty("pk").GetGuid());
            });
        await BindingAsync(site, group);
        return "made an application and bound a group";
    }

    private async Task<string> NameAsync(Person person)
    {
        await world.ChangeAsync(person, () => { }, () => world.Api.PatchAsync($"core/users/{person.Key}/", new { name = $"{person.Username} {World.Any(1_000_000)}" }));
        return "renamed a user";
    }

    // Not while this person signs in: what then came of it would be chance.
    private static async Task WithSessionsAsync(Person person, Func<Task> change)
    {
        await person.Sessions.WaitAsync();
        try
        {
            await change();
        }
        finally
        {
            person.Sessions.Release();
        }
    }

    private Proof[] BeginEnd(Person person, Func<Proof, bool> which) => world.Under(() =>
    {
        var ending = person.Live.Where(which).ToArray();
        Array.ForEach(ending, proof => proof.BeginEnd());
        return ending;
    });

    private void End(Person person, Proof[] ending) => world.Under(() =>
    {
        foreach (var proof in ending)
        {
            proof.End();
            person.Retire(proof);
        }

        if (Array.Exists(ending, proof => proof.Site is not null))
        {
            person.Browser?.Dispose();
            person.Browser = null;
        }
    });
}
