namespace Sidecar.ControlPlane.Sessions.Api;

/// <summary>What a browser says it is, roughly: enough to tell one's telephone from one's laptop. Nothing decides by it.</summary>
internal sealed record UserAgentAnswer(
    UserAgentAnswer.DeviceKind Device, UserAgentAnswer.System Os, string String, UserAgentAnswer.Browser UserAgent)
{
    private const string Other = "Other";

    // The order counts: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    // Android says Linux too, and an iPhone says Mac OS X.
    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Mac OS X", "Mac OS X"), ("Linux", "Linux")];

    internal sealed record DeviceKind(string? Brand, string Family, string? Model);

    internal sealed record System(string Family, string? Major, string? Minor, string? Patch, string? PatchMinor);

    internal sealed record Browser(string Family, string Major, string Minor, string Patch);

    public static UserAgentAnswer Of(string text) => new(
        new DeviceKind(null, Other, null),
        new System(Find(Systems, text), null, null, null, null),
        text,
        new Browser(Find(Browsers, text), "", "", ""));

    private static string Find((string Mark, string Name)[] known, string text) =>
        known.FirstOrDefault(entry => text.Contains(entry.Mark, StringComparison.Ordinal)).Name ?? Other;
}
