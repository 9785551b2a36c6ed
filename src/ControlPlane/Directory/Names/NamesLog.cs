namespace Sidecar.ControlPlane.Directory.Names;

internal static partial class NamesLog
{
    [LoggerMessage(3201, LogLevel.Error, "The name of user {Username} ({Pk}) is now the same as that of {Other} ({OtherPk}), so nobody can sign in by it: rename one of them, then {Username} can again")]
    public static partial void NameTaken(this ILogger logger, string username, int pk, string other, int otherPk);

    [LoggerMessage(3202, LogLevel.Error, "The name of user {Username} ({Pk}) is too long once its characters are taken apart, so nobody can sign in by it: rename them")]
    public static partial void NameTooLong(this ILogger logger, string username, int pk);
}
