namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>A stage was passed in this run. Only the executor writes one, and only when the stage's handler says so.</summary>
internal sealed record StageProof
{
    public required Guid Binding { get; init; }

    public required Guid Stage { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whom it is about.</summary>
    public Guid? User { get; init; }

    /// <summary>True: it shows that whoever sits at this browser is <see cref="User"/>. A name alone shows nothing.</summary>
    public bool Authenticates { get; init; }

    /// <summary>How (RFC 8176): <c>pwd</c>.</summary>
    public string Method { get; init; } = "";

    /// <summary>The stage's policies said that it is not for this user.</summary>
    public bool Skipped { get; init; }
}
