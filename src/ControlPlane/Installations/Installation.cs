namespace Sidecar.ControlPlane.Installations;

/// <summary>The one row about this installation.</summary>
internal sealed class Installation
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Random, made when the database is created or restored: an outpost orders snapshots by epoch, then revision.</summary>
    public required string Epoch { get; set; }

    /// <summary>
    /// Where browsers find the control plane, <c>scheme://host[:port]</c>; captured once at set-up. Empty before. Every absolute address is built from it, never from a request.
    /// </summary>
    public string PublicAddress { get; set; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then set-up is open without a code.</summary>
    public required DateTimeOffset SetUpOpenUntil { get; init; }

    /// <summary>SHA-256 of the code that set-up asks for afterwards; made at each start, printed in the log.</summary>
    public byte[]? SetUpCodeHash { get; set; }

    /// <summary>The latch: once set, set-up never opens again.</summary>
    public DateTimeOffset? SetUpCompletedAt { get; set; }

    /// <summary>The default objects exist; what an administrator deletes later stays deleted.</summary>
    public bool Seeded { get; set; }

    /// <summary>The rules by which the keys of names were made; see <see cref="Directory.Names.LookupKey.Version"/>.</summary>
    public int NameKeyVersion { get; set; }

    /// <summary>Whether administrators may act as other users.</summary>
    public bool Impersonation { get; set; } = true;

    /// <summary>Whether they must say why.</summary>
    public bool ImpersonationRequireReason { get; set; } = true;
}
