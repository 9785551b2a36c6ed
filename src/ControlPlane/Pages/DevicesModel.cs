namespace Sidecar.ControlPlane.Pages;

/// <summary>One device of the user.</summary>
/// <param name="Id">For its forms.</param>
/// <param name="Name">As the user calls it.</param>
/// <param name="Description">What it is.</param>
/// <param name="LastUsed">Null: never.</param>
public sealed record DeviceEntry(int Id, string Name, string Description, DateTimeOffset? LastUsed);

/// <summary>What a user signs in with beside the password.</summary>
public sealed record DevicesModel
{
    public required OwnFrame Frame { get; init; }

    /// <summary>The sign-in was short ago.</summary>
    public required bool MayDelete { get; init; }

    public required IReadOnlyList<DeviceEntry> Devices { get; init; }

    /// <summary>What can be added.</summary>
    public required IReadOnlyList<PageLink> Additions { get; init; }
}
