namespace Sidecar.Outpost.SignIn;

internal static partial class SignInLog
{
    [LoggerMessage(3001, LogLevel.Information, "Signed in at {Application}: {User}")]
    public static partial void SignedIn(this ILogger logger, string application, string user);

    [LoggerMessage(3002, LogLevel.Information, "Callback at {Application} started over (attempt {Attempt}): {Why}")]
    public static partial void StartedOver(this ILogger logger, string application, int attempt, string why);

    [LoggerMessage(3003, LogLevel.Warning, "Sign-in at {Application} failed: {Why}")]
    public static partial void Failed(this ILogger logger, string application, string why);

    [LoggerMessage(3004, LogLevel.Warning, "Address to return to refused at {Application}; the application's own is used")]
    public static partial void ReturnRefused(this ILogger logger, string application);

    [LoggerMessage(3005, LogLevel.Information, "Signed out at {Application}: session {Session} (control plane told: {Told})")]
    public static partial void SignedOut(this ILogger logger, string application, Guid session, bool told);
}
