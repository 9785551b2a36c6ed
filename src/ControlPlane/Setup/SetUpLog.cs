namespace Sidecar.ControlPlane.Setup;

internal static partial class SetUpLog
{
    // Warning, so that it is printed whatever the level: until set-up is finished whoever finds the page first is the administrator.
    [LoggerMessage(2300, LogLevel.Warning, "Not set up yet: open /if/flow/initial-setup/ in a browser. From {OpenUntil:u} on it asks for this code: {SetUpCode}")]
    public static partial void SetUpOpen(this ILogger logger, DateTimeOffset openUntil, string setUpCode);
}
