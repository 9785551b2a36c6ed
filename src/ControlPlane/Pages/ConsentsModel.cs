namespace Sidecar.ControlPlane.Pages;

/// <summary>One consent of the user.</summary>
/// <param name="Id">For its form.</param>
/// <param name="Application">To which it was given.</param>
/// <param name="Told">What the application is told.</param>
/// <param name="End">When it ends, in words.</param>
public sealed record ConsentEntry(int Id, string Application, IReadOnlyList<string> Told, string End);

/// <summary>What a user allowed applications to be told.</summary>
public sealed record ConsentsModel(OwnFrame Frame, IReadOnlyList<ConsentEntry> Consents);
