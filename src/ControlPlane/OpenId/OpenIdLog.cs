namespace Sidecar.ControlPlane.OpenId;

internal static partial class OpenIdLog
{
    /// <summary>Names the log's category.</summary>
    internal sealed class Category;

    [LoggerMessage(4101, LogLevel.Information, "A grant for client {ClientId} is refused: user, session or access is gone")]
    public static partial void SignInNoLongerStands(this ILogger logger, string clientId);

    [LoggerMessage(4103, LogLevel.Information, "An OpenID request is refused: {Error}: {Description}")]
    public static partial void RequestRefused(this ILogger logger, string error, string description);

    [LoggerMessage(4104, LogLevel.Information, "No access to application {Application}: {Reason}")]
    public static partial void NoAccess(this ILogger logger, string application, string reason);

    [LoggerMessage(4102, LogLevel.Warning, "Expired tokens could not be deleted; tried again later")]
    public static partial void PruneFailed(this ILogger logger, Exception error);
}
