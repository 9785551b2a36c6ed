namespace Sidecar.ControlPlane.Directory;

/// <summary><see cref="User.SearchText"/>.</summary>
internal static class UserSearchText
{
    public const int MaxLength = (3 * MaxPart) + 2;

    // PostgreSQL refuses index entries of more than 2,704 bytes (three such parts of three-byte characters have 1,802).
    private const int MaxPart = 200;

    public static string Of(User user) => string.Join('\n', Part(user.Username), Part(user.Name), Part(user.Email));

    // The setters run in any order: until all have run, some are null.
    private static string Part(string? text) => (text is { Length: > MaxPart } ? text[..MaxPart] : text ?? "").ToLowerInvariant();
}
