namespace Sidecar.ControlPlane.Pages;

/// <summary>An application that the user may enter.</summary>
/// <param name="Name">As shown.</param>
/// <param name="Address">Where it is; null: it has no address.</param>
/// <param name="Description">One line, may be empty.</param>
/// <param name="Publisher">May be empty.</param>
/// <param name="NewTab">Open beside the library.</param>
public sealed record LibraryEntry(string Name, string? Address, string Description, string Publisher, bool NewTab);

/// <summary>Who is signed in, and what may be entered.</summary>
public sealed record LibraryModel
{
    public required OwnFrame Frame { get; init; }

    public required string Username { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required bool IsSuperuser { get; init; }

    public required IReadOnlyList<LibraryEntry> Applications { get; init; }

    public string Greeting => Name.Length > 0 ? Name : Username;
}
