namespace Sidecar.ControlPlane.Directory;

/// <summary>The folder in which a user is listed, such as <c>users/staff</c>.</summary>
internal static class UserPath
{
    /// <summary>Null: nothing is wrong.</summary>
    public static string? ProblemOf(string path) =>
        path.StartsWith('/') || path.EndsWith('/') || path.Contains("//", StringComparison.Ordinal) ? "No slash at either end, and no empty part between two." : null;
}
