namespace Sidecar.ControlPlane.Tests.Flows.Walks;

/// <summary>
/// What must come of the moves, by rules of its own that share nothing with the executor: an answer counts for the step that is asked, when the browser was shown it; a code is good once;
/// only who passed all steps of a flow, all about one person, is signed in; and nothing that was begun before a session counts after it.
/// </summary>
internal sealed class WalkModel
{
    private int _sessions;

    /// <summary>Of every session that lives: whose.</summary>
    public Dictionary<int, Person> Sessions { get; } = [];

    public sealed class Person(string name, string password, IEnumerable<string> codes)
    {
        public string Name => name;

        public string Password { get; set; } = password;

        public List<string> Codes { get; } = [.. codes];

        /// <summary>Also when all codes are used, and when the walk does not know them.</summary>
        public bool HasCodes { get; set; } = codes.Any();
    }

    public sealed class Browser
    {
        public int? Session { get; set; }

        /// <summary>By flow and tab: those that were answered.</summary>
        public Dictionary<(int Flow, int Tab), Run> Runs { get; } = [];
    }

    public sealed record Run(string Begun, int Moves = 0, int At = 0, Person? Person = null, bool IsProven = false, bool SetsUp = false, int Failures = 0);

    /// <summary>What a form is for.</summary>
    public readonly record struct FormOf(int Flow, int Tab, string? Cookie, string Begun, int Moves, int At);

    public bool IsSignedIn(Browser browser) => browser.Session is { } session && Sessions.ContainsKey(session);

    public static Run RunOf(Browser browser, int flow, int tab, string? cookie) => browser.Runs.GetValueOrDefault((flow, tab)) ?? new Run(cookie ?? "");

    public static FormOf FormAt(Browser browser, int flow, int tab, string? cookie) =>
        RunOf(browser, flow, tab, cookie) is var run ? new FormOf(flow, tab, cookie, run.Begun, run.Moves, run.At) : default;

    public static Step StepAt(WalkFlow flow, Run run) => flow.Steps[run.At];

    public static string ComponentAt(WalkFlow flow, Run run) => StepAt(flow, run) switch
    {
        Step.Click => "ak-stage-dummy",
        Step.Name or Step.NameAndPassword => "ak-stage-identification",
        Step.Password or Step.PasswordOrRestart => "ak-stage-password",
        Step.NewPassword => "ak-stage-prompt",
        _ => run.SetsUp ? "ak-stage-authenticator-static" : "ak-stage-authenticator-validate",
    };

    /// <summary>An answer that counts was given.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="at">Of which flow, in which tab.</param>
    /// <param name="cookie">The browser's, before.</param>
    /// <param name="people">Who exists.</param>
    /// <param name="answer">Its fields.</param>
    public void Answer(Browser browser, (int Flow, int Tab) at, string cookie, IReadOnlyList<Person> people, IReadOnlyDictionary<string, string> answer)
    {
        var flow = WalkFlow.All[at.Flow];
        var run = RunOf(browser, at.Flow, at.Tab, cookie);
        var next = Passed(flow, run, people, answer);
        browser.Runs.Remove(at);
        if (next is null)
        {
            return;
        }

        if (next.At < flow.Steps.Count)
        {
            browser.Runs[at] = next;
        }
        else if (next.IsProven)
        {
            // Nothing that this browser was asked before counts from now on.
            browser.Runs.Clear();
            browser.Session = ++_sessions;
            Sessions[_sessions] = next.Person!;
        }
    }

    public static void BeginAgain(Browser browser, (int Flow, int Tab) at)
    {
        if (browser.Runs.TryGetValue(at, out var run))
        {
            browser.Runs[at] = new Run(run.Begun, run.Moves + 1);
        }
    }

    /// <summary>Null: the run is over, and nobody is signed in by it.</summary>
    private Run? Passed(WalkFlow flow, Run run, IReadOnlyList<Person> people, IReadOnlyDictionary<string, string> answer)
    {
        var component = answer.GetValueOrDefault("component");
        switch (StepAt(flow, run))
        {
            case Step.Click:
                return component == ComponentAt(flow, run) ? On(flow, run) : Refused(run);
            case Step.Name:
                return Said("uid_field") is { } name ? On(flow, run with { Person = people.FirstOrDefault(person => person.Name == name) }) : Refused(run);
            case Step.NameAndPassword:
                return Said("uid_field") is { } who && people.FirstOrDefault(person => person.Name == who) is { } named && Said("password") == named.Password
                    ? On(flow, run with { Person = named, IsProven = true })
                    : Refused(run);
            case Step.Password:
                return Said("password") is not { } password ? Refused(run)
                    : password == run.Person?.Password ? On(flow, run with { IsProven = true })
                    : run.Failures >= 4 ? null
                    : Refused(run);
            case Step.PasswordOrRestart:
                return Said("password") is { } strict && strict == run.Person?.Password ? On(flow, run with { IsProven = true })
                    : Said("password") is not null && run.Failures >= 4 ? null
                    : new Run(run.Begun, run.Moves + 1);
            case Step.NewPassword:
                return Said("password") is { Length: >= 8 } chosen && chosen == Said("password_repeat") ? On(flow, Written(run, chosen)) : Refused(run);
            default:
                return run.SetsUp ? SetUp(flow, run, component)
                    : Said("code") is { } code && run.Person?.Codes.Remove(code) == true ? On(flow, run)
                    : Refused(run);
        }

        string? Said(string field) => answer.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;
    }

    private static Run Refused(Run run) => run with { Failures = run.Failures + 1 };

    private static Run SetUp(WalkFlow flow, Run run, string? component)
    {
        if (component != ComponentAt(flow, run))
        {
            return run;
        }

        // The walk does not read the new codes.
        run.Person!.Codes.Clear();
        run.Person.HasCodes = true;
        return On(flow, run)!;
    }

    // Whoever changes a password ends what the old one had opened.
    private Run Written(Run run, string password)
    {
        run.Person!.Password = password;
        foreach (var (session, _) in Sessions.Where(pair => pair.Value == run.Person).ToList())
        {
            Sessions.Remove(session);
        }

        // Writing is a step of its own.
        return run with { Moves = run.Moves + 1 };
    }

    /// <summary>To the next step that asks something.</summary>
    private static Run? On(WalkFlow flow, Run run)
    {
        run = run with { At = run.At + 1, Moves = run.Moves + 1, Failures = 0, SetsUp = false };
        if (run.At >= flow.Steps.Count || !run.IsProven || run.Person!.HasCodes)
        {
            return run;
        }

        return StepAt(flow, run) switch
        {
            Step.Code => null,
            Step.CodeIfAny => On(flow, run),
            Step.CodeOrSetUp => run with { SetsUp = true, Moves = run.Moves + 1 },
            _ => run,
        };
    }
}
