using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class RedirectSettings
{
    public const string Mode = "mode";
    public const string TargetStatic = "target_static";
    public const string TargetFlow = "target_flow";

    public const string Static = "static";
    public const string Flow = "flow";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Redirect,
        Name = "Redirect Stage",
        Summary = "Ends the flow and sends the browser to an address or to another flow.",
        Settings =
        [
            new FixedSetting("keep_context", "false", "what one flow has proven counts in no other."),
            new ChoiceSetting(Mode, Flow, Static, Flow) { IsRequired = true },
            new TextSetting(TargetStatic, max: 2048) { ProblemOf = ProblemOfTarget },
            new FlowSetting(TargetFlow, designation: null),
        ],
        Check = CheckTarget,
    };

    public static bool IsTarget(string text) =>
        LocalPath.Check(text) is not null || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0);

    private static string? ProblemOfTarget(string text) => text.Length == 0 || IsTarget(text) ? null : "Write an address such as https://www.example.com/welcome, or a path of this server.";

    private static void CheckTarget(StageDraft draft)
    {
        var (mode, name) = draft.Text(Mode) == Static ? (Static, TargetStatic) : (Flow, TargetFlow);
        if (draft.Text(name) is not { Length: > 0 } && !draft.Body.Errors.Has(name))
        {
            draft.Body.Errors.Add(name, $"The mode \"{mode}\" needs this.");
        }
    }
}
