using CsCheck;

namespace Sidecar.ControlPlane.Tests.Flows.Walks;

/// <summary>What somebody at a browser does. Where it says "right", it is what would be right at that moment, so that a move means the same in a shorter walk.</summary>
internal enum Act
{
    /// <summary>Asks the executor where it stands.</summary>
    Look,

    /// <summary>Answers rightly what is asked.</summary>
    Right,

    /// <summary>The same without saying which form it answers.</summary>
    RightUnnamed,
    Wrong,
    Empty,

    /// <summary>What would be right for the other person.</summary>
    OfTheOther,

    /// <summary>What would be right one step later.</summary>
    Ahead,

    /// <summary>Everything that could ever be asked, in one answer.</summary>
    Everything,

    /// <summary>An answer that was given before, by either browser, anywhere.</summary>
    Replay,
    OpenPage,

    /// <summary>Fills in the form that was shown last.</summary>
    Submit,

    /// <summary>Back, or forward: fills in any form that this browser was ever shown.</summary>
    SubmitAnother,

    /// <summary>A form that the other browser was shown.</summary>
    SubmitForeign,

    /// <summary>"Not you?"</summary>
    BeginAgain,
    SignOut,
    NewBrowser,

    /// <summary>Asks for an application's code.</summary>
    Authorize,
    RestartServer,
}

/// <param name="Act">What.</param>
/// <param name="Browser">Which of two browsers.</param>
/// <param name="Flow">Which of <see cref="WalkFlow.All"/>.</param>
/// <param name="Tab">Which of two tabs: two addresses of the flow.</param>
/// <param name="Person">Whose name is given: somebody with codes, or somebody without.</param>
/// <param name="Pick">Which answer is replayed, which form is filled in.</param>
internal sealed record WalkMove(Act Act, int Browser, int Flow, int Tab, int Person, int Pick)
{
    private static readonly Act[] Others =
    [
        Act.Look, Act.RightUnnamed, Act.Wrong, Act.Wrong, Act.Empty, Act.OfTheOther, Act.Ahead, Act.Ahead, Act.Everything, Act.Everything, Act.Replay, Act.Replay, Act.OpenPage, Act.OpenPage,
        Act.SubmitAnother, Act.SubmitAnother, Act.SubmitForeign, Act.BeginAgain, Act.SignOut, Act.NewBrowser, Act.Authorize,
    ];

    private static readonly Gen<Act> Acts = Gen.Frequency(
        (34, Gen.Const(Act.Right)),
        (12, Gen.Const(Act.Submit)),
        (54, Gen.Int[0, Others.Length - 1].Select(i => Others[i])));

    /// <summary>A walk keeps mostly to one flow, one tab and one person, or it would come to no end.</summary>
    public static Gen<WalkMove[]> Walk { get; } =
        from flow in Gen.Int[0, WalkFlow.All.Count - 1]
        from person in Gen.Int[0, 1]
        from moves in Gen.Select(
            Acts,
            Gen.Frequency((4, Gen.Const(0)), (1, Gen.Const(1))),
            Gen.Frequency((8, Gen.Const(flow)), (1, Gen.Int[0, WalkFlow.All.Count - 1])),
            Gen.Frequency((7, Gen.Const(0)), (1, Gen.Const(1))),
            Gen.Frequency((7, Gen.Const(person)), (1, Gen.Const(1 - person))),
            Gen.Int[0, 1000],
            (act, browser, flow, tab, person, pick) => new WalkMove(act, browser, flow, tab, person, pick)).Array[8, 30]
        from restart in Gen.Int[0, 5 * moves.Length]
        select moves.Select((move, i) => i == restart ? move with { Act = Act.RestartServer } : move).ToArray();

    public override string ToString() => $"{Act} (browser {Browser}, {WalkFlow.All[Flow].Slug}, tab {Tab}, person {Person}, pick {Pick})";
}
