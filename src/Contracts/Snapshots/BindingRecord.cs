namespace Sidecar.Contracts.Snapshots;

/// <summary>One row of the application's access list.</summary>
public sealed record BindingRecord
{
    /// <summary>Evaluated in ascending order; it decides which reason is told, not the verdict.</summary>
    public required int Order { get; init; }

    public required BindingSubject Subject { get; init; }

    /// <summary>The user's or group's UUID.</summary>
    public required Guid SubjectId { get; init; }

    public bool Negate { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>The result when the subject cannot be evaluated, for example a group that the snapshot does not hold.</summary>
    public bool FailureResult { get; init; }
}
