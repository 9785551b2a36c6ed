using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Tests.Authenticators;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.OpenId;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows.Walks;

/// <summary>Does the moves of a walk at a real server and asks the model after each whether what there is may be.</summary>
internal sealed class Walker : IAsyncDisposable
{
    private readonly FlowHost _host;
    private readonly WalkModel _model = new();
    private readonly IReadOnlyList<WalkModel.Person> _people;
    private readonly Seat[] _seats = [new(), new()];
    private readonly List<IReadOnlyDictionary<string, string>> _said = [];
    private Counts _counts;
    private int _passwords;

    private Walker(FlowHost host, IReadOnlyList<WalkModel.Person> people)
    {
        _host = host;
        _people = people;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly record struct Counts(int Codes, int Tickets, int Tokens);

    private sealed class Seat
    {
        public Browser Browser { get; set; } = new();

        public WalkModel.Browser Model { get; set; } = new();

        public List<(HtmlForm Form, WalkModel.FormOf Of)> Forms { get; } = [];
    }

    public static async Task<FlowHost> StartHostAsync()
    {
        var host = await FlowHost.StartAsync(("AUTHENTIK_HOST", OpenIdPlane.PublicAddress), ("AUTHENTIK_BOOTSTRAP_PASSWORD", FlowHost.AdministratorPassword));
        await host.EditAsync(context =>
        {
            WalkFlow.AddAll(context);
            OpenIdPlane.AddApplication(context, host.Services.GetRequiredService<KeyWrap>(), "wiki");
            return Task.CompletedTask;
        });
        return host;
    }

    /// <summary>Two people of its own: one with recovery codes, one without.</summary>
    public static async Task<Walker> StartAsync(FlowHost host)
    {
        var mark = $"{Guid.NewGuid():N}"[..12];
        var codes = Enumerable.Range(0, 12).Select(number => $"{mark}{number.ToString("0000", CultureInfo.InvariantCulture)}").ToArray();
        await Devices.AddRecoveryCodesAsync(host.Services, await host.AddUserAsync("ana" + mark), codes);
        await host.AddUserAsync("ben" + mark);
        var walker = new Walker(host, [new("ana" + mark, FlowHost.Password, codes), new("ben" + mark, FlowHost.Password, [])]);
        walker._counts = await walker.CountAsync();
        return walker;
    }

    /// <summary>How often somebody was signed in. It throws at the first move after which something is there that must not be, or is not there that must.</summary>
    public async Task<int> WalkAsync(IEnumerable<WalkMove> moves)
    {
        var ended = 0;
        foreach (var move in moves)
        {
            var before = _model.Sessions.Keys.ToHashSet();
            await _host.EditAsync(context => context.Attempts.ExecuteDeleteAsync());
            await DoAsync(move, _seats[move.Browser]);
            await CheckAsync(move);
            ended += _model.Sessions.Keys.Count(session => !before.Contains(session));
        }

        return ended;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var seat in _seats)
        {
            seat.Browser.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private Task DoAsync(WalkMove move, Seat seat)
    {
        var run = WalkModel.RunOf(seat.Model, move.Flow, move.Tab, CookieOf(seat));
        return move.Act switch
        {
            Act.Look => seat.Browser.LookAsync(Executor(move)),
            Act.Right => SayAsync(move, seat, RightAt(move, run)),
            Act.RightUnnamed => SayAsync(move, seat, Without(RightAt(move, run), "component")),
            Act.Wrong => SayAsync(move, seat, RightAt(move, run).ToDictionary(pair => pair.Key, pair => pair.Key == "component" ? pair.Value : "wrong " + pair.Value)),
            Act.Empty => SayAsync(move, seat, new Dictionary<string, string> { ["component"] = WalkModel.ComponentAt(FlowOf(move), run) }),
            Act.OfTheOther => SayAsync(move, seat, RightAt(move, run with { Person = _people.First(person => person != (run.Person ?? _people[move.Person])) })),
            Act.Ahead => SayAsync(move, seat, RightAt(move, run with { At = Math.Min(run.At + 1, FlowOf(move).Steps.Count - 1), Person = run.Person ?? _people[move.Person] })),
            Act.Everything => SayAsync(move, seat, Everything(move, run)),
            Act.Replay => _said.Count > 0 ? SayAsync(move, seat, _said[move.Pick % _said.Count]) : Task.CompletedTask,
            Act.OpenPage => OpenAsync(move, seat),
            Act.Submit => SubmitAsync(seat, seat.Forms.Count - 1, seat, move),
            Act.SubmitAnother => SubmitAsync(seat, seat.Forms.Count > 0 ? move.Pick % seat.Forms.Count : -1, seat, move),
            Act.SubmitForeign => SubmitAsync(_seats[1 - move.Browser], _seats[1 - move.Browser].Forms.Count - 1, seat, move),
            Act.BeginAgain => BeginAgainAsync(move, seat),
            Act.SignOut => SignOutAsync(seat),
            Act.NewBrowser => NewBrowserAsync(seat),
            Act.Authorize => AuthorizeAsync(seat),
            Act.RestartServer => _host.RestartAsync(),
            _ => throw new InvalidOperationException($"{move.Act} is not known"),
        };
    }

    private async Task SayAsync(WalkMove move, Seat seat, IReadOnlyDictionary<string, string> answer)
    {
        _said.Add(answer);
        var cookie = CookieOf(seat);
        var run = WalkModel.RunOf(seat.Model, move.Flow, move.Tab, cookie);
        var counts = cookie is not null && !_model.IsSignedIn(seat.Model)
            && (answer.GetValueOrDefault("component") is not { } component || component == WalkModel.ComponentAt(FlowOf(move), run));
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = seat.Browser.Cookies, AllowAutoRedirect = false });
        using var response = await client.PostAsJsonAsync(Executor(move), answer, Cancel);
        Assert.Equal(JsonValueKind.String, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("component").ValueKind);
        if (counts)
        {
            _model.Answer(seat.Model, (move.Flow, move.Tab), cookie!, _people, answer);
        }
    }

    private async Task OpenAsync(WalkMove move, Seat seat) => Keep(seat, move.Flow, move.Tab, await seat.Browser.NavigateAsync(PageOf(move)));

    private void Keep(Seat seat, int flow, int tab, Page page)
    {
        if (!_model.IsSignedIn(seat.Model) && page.Address.AbsolutePath == $"/if/flow/{WalkFlow.All[flow].Slug}/" && HtmlForm.In(page) is { } form)
        {
            seat.Forms.Add((form, WalkModel.FormAt(seat.Model, flow, tab, CookieOf(seat))));
        }
    }

    /// <summary>Fills in, rightly for where its flow stands, a form that <paramref name="shownTo"/> was shown.</summary>
    private async Task SubmitAsync(Seat shownTo, int index, Seat seat, WalkMove move)
    {
        if (index < 0)
        {
            return;
        }

        var (form, of) = shownTo.Forms[index];
        move = move with { Flow = of.Flow, Tab = of.Tab };
        var cookie = CookieOf(seat);
        var counts = cookie is not null && !_model.IsSignedIn(seat.Model) && WalkModel.FormAt(seat.Model, of.Flow, of.Tab, cookie) == of;
        var answer = RightAt(move, WalkModel.RunOf(seat.Model, of.Flow, of.Tab, cookie));
        var page = await seat.Browser.SubmitAsync(_host.At(form.Action.PathAndQuery), Filled(form, answer));
        if (counts)
        {
            _model.Answer(seat.Model, (of.Flow, of.Tab), cookie!, _people, answer);
        }

        Keep(seat, of.Flow, of.Tab, page);
    }

    private async Task BeginAgainAsync(WalkMove move, Seat seat)
    {
        if (_model.IsSignedIn(seat.Model) || !seat.Model.Runs.ContainsKey((move.Flow, move.Tab)) || HtmlForm.In(await seat.Browser.NavigateAsync(PageOf(move))) is not { } form)
        {
            return;
        }

        await seat.Browser.SubmitAsync(form.Action, form.Fields.Append(new("flow_restart", "1")));
        WalkModel.BeginAgain(seat.Model, (move.Flow, move.Tab));
    }

    private async Task SignOutAsync(Seat seat)
    {
        await seat.Browser.NavigateAsync(_host.At("flows/-/default/invalidation/"));
        if (seat.Model.Session is { } session)
        {
            _model.Sessions.Remove(session);
            seat.Model.Session = null;
        }
    }

    private static Task NewBrowserAsync(Seat seat)
    {
        seat.Browser.Dispose();
        (seat.Browser, seat.Model) = (new Browser(), new WalkModel.Browser());
        return Task.CompletedTask;
    }

    private async Task AuthorizeAsync(Seat seat)
    {
        var page = await seat.Browser.LookAsync(new Uri(QueryHelpers.AddQueryString(_host.At("application/o/authorize/").AbsoluteUri, Visitor.Request!)));
        var hasCode = page.Redirect is { } to && to.AbsoluteUri.StartsWith(OpenIdPlane.RedirectUri, StringComparison.Ordinal) && QueryHelpers.ParseQuery(to.Query).ContainsKey("code");
        Assert.True(hasCode == _model.IsSignedIn(seat.Model), $"a code was {(hasCode ? "given" : "refused")}: {page}");
        if (hasCode)
        {
            _counts = await CountAsync();
        }
    }

    private async Task CheckAsync(WalkMove move)
    {
        var names = _people.Select(person => person.Name).ToList();
        await using var context = _host.Open();
        var there = await context.Sessions.Where(session => names.Contains(session.User!.Username)).Select(session => session.User!.Username).ToListAsync(Cancel);
        var meant = _model.Sessions.Values.Select(person => person.Name).Order(StringComparer.Ordinal).ToList();
        Assert.True(there.Order(StringComparer.Ordinal).SequenceEqual(meant), $"after {move} there are sessions of [{string.Join(", ", there)}] and not of [{string.Join(", ", meant)}]");
        Assert.Equal(_counts, await CountAsync());
    }

    private async Task<Counts> CountAsync()
    {
        await using var context = _host.Open();
        return new Counts(await context.IssuedTokens.CountAsync(Cancel), await context.SessionGrants.CountAsync(Cancel), await context.Tokens.CountAsync(Cancel));
    }

    private Dictionary<string, string> RightAt(WalkMove move, WalkModel.Run run)
    {
        var named = _people[move.Person];
        var person = run.Person ?? named;
        var answer = WalkModel.StepAt(FlowOf(move), run) switch
        {
            Step.Click => new Dictionary<string, string>(),
            Step.Name => new() { ["uid_field"] = named.Name },
            Step.NameAndPassword => new() { ["uid_field"] = named.Name, ["password"] = named.Password },
            Step.Password or Step.PasswordOrRestart => new() { ["password"] = person.Password },
            Step.NewPassword => NewPassword(),
            _ => run.SetsUp ? [] : new() { ["code"] = CodeOf(person) },
        };
        answer["component"] = WalkModel.ComponentAt(FlowOf(move), run);
        return answer;
    }

    private Dictionary<string, string> Everything(WalkMove move, WalkModel.Run run) => new()
    {
        ["uid_field"] = _people[move.Person].Name,
        ["password"] = (run.Person ?? _people[move.Person]).Password,
        ["password_repeat"] = (run.Person ?? _people[move.Person]).Password,
        ["code"] = CodeOf(run.Person ?? _people[move.Person]),
    };

    private Dictionary<string, string> NewPassword()
    {
        var password = $"a new password, number {++_passwords}";
        return new() { ["password"] = password, ["password_repeat"] = password };
    }

    private static Dictionary<string, string> Filled(HtmlForm form, Dictionary<string, string> answer)
    {
        var fields = new Dictionary<string, string>(form.Fields);
        foreach (var (name, value) in Without(answer, "component"))
        {
            fields[name] = value;
        }

        return fields;
    }

    private static string CodeOf(WalkModel.Person person) => person.Codes.FirstOrDefault() ?? "000000000000";

    private static Dictionary<string, string> Without(Dictionary<string, string> answer, string name) => answer.Where(pair => pair.Key != name).ToDictionary();

    private static WalkFlow FlowOf(WalkMove move) => WalkFlow.All[move.Flow];

    private string? CookieOf(Seat seat) => seat.Browser.CookieOf(_host.Address, "sidecar_flow");

    private Uri Executor(WalkMove move) => _host.At($"api/v3/flows/executor/{FlowOf(move).Slug}/?query={QueryOf(move)}");

    private Uri PageOf(WalkMove move) => _host.At($"if/flow/{FlowOf(move).Slug}/?{QueryOf(move)}");

    private static string QueryOf(WalkMove move) => move.Tab == 0 ? "" : "tab";
}
