namespace Sidecar.ControlPlane.Directory;

/// <summary>What a group may be called.</summary>
internal static class GroupName
{
    public const int MaxLength = 80;

    /// <summary>What is wrong with <paramref name="name"/>, in words for the person who typed it; null: nothing.</summary>
    public static string? ProblemOf(string? name) => name switch
    {
        null or "" => "A group needs a name.",
        { Length: > MaxLength } => $"A group's name has at most {MaxLength} characters.",

        // Applications get the names joined by "|" in a header: these characters would forge another membership or another header.
        _ when name.AsSpan().ContainsAny('|', '\r', '\n') => "A group's name cannot contain '|' or line breaks: applications get names joined by '|'.",
        _ when name.Any(char.IsControl) => "A group's name cannot contain control characters.",
        _ => null,
    };
}
