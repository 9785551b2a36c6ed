namespace Sidecar.ControlPlane.Changes;

/// <summary>One entry of the change log.</summary>
internal sealed class ChangeRow
{
    public required long Number { get; init; }

    public required ChangeSubject Subject { get; init; }

    /// <summary>With <see cref="ChangeSubject.Principal"/>: whose.</summary>
    public Guid? PrincipalId { get; init; }

    /// <summary>With <see cref="ChangeSubject.Snapshot"/>: whose; with <see cref="ChangeSubject.Outpost"/>: which one went.</summary>
    public Guid? OutpostId { get; init; }

    public long? Revision { get; init; }

    public required DateTimeOffset At { get; init; }
}
