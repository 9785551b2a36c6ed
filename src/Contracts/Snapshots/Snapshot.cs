using Sidecar.Contracts.Signing;

namespace Sidecar.Contracts.Snapshots;

/// <summary>
/// Everything one outpost must know to decide, except people and secrets. It holds no secret: it may be shown, compared and kept in Git.
/// </summary>
public sealed record Snapshot
{
    /// <summary>The version that this program writes. A reader accepts a document whose <c>min_reader</c> is not above this.</summary>
    public const int FormatVersion = 1;

    /// <summary>Document type in the signed envelope; part of what is signed, so that no other document can pass for a snapshot.</summary>
    public const string DocumentType = "sidecar-snapshot";

    /// <summary>The installation that issued it, a UUID. Tickets of another installation are refused.</summary>
    public required Guid Installation { get; init; }

    /// <summary>Random, made when a database is created or restored. A new one is accepted only over the live channel.</summary>
    public required string Epoch { get; init; }

    /// <summary>Order within an epoch, per outpost. Never goes back, except that a roll back is a new revision with old content.</summary>
    public required long Revision { get; init; }

    /// <summary>The newest change number that is contained.</summary>
    public required long ChangeNumber { get; init; }

    /// <summary>Unix seconds on the control plane's clock.</summary>
    public required long BuiltAt { get; init; }

    public required OutpostRecord Outpost { get; init; }

    public required IReadOnlyList<ApplicationRecord> Applications { get; init; }

    /// <summary>The groups that a binding names or that lie between such a group and a member, and those whose names are sent to applications.</summary>
    public required IReadOnlyList<GroupRecord> Groups { get; init; }

    /// <summary>Public keys that verify tickets. An old one stays until its last ticket has expired.</summary>
    public required IReadOnlyList<PublicKeyRecord> TicketKeys { get; init; }

    public required BrandRecord Brand { get; init; }
}
