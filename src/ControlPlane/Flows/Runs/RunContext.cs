namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>What a run knows. It never holds a password: what a form calls one is hashed before it is kept.</summary>
internal sealed record RunContext
{
    /// <summary>What the run was asked for. Kept when a run starts again.</summary>
    public required RunStart Start { get; init; }

    /// <summary>What was typed as a name. Shown instead of a user's name, so that nobody learns who exists, unless the stage says that this is no secret.</summary>
    public string? Identifier { get; init; }

    /// <summary>The user's own name, where a stage shows whom the typed one leads to.</summary>
    public string? MatchedName { get; init; }

    /// <summary>Whom the name leads to; null also while the password page is shown for a name that leads nowhere.</summary>
    public Guid? PendingUser { get; init; }

    /// <summary>Answers of prompt stages by field key.</summary>
    public IReadOnlyDictionary<string, string> PromptData { get; init; } = new Dictionary<string, string>();

    /// <summary>The invitation that let the run in.</summary>
    public Guid? Invitation { get; init; }

    /// <summary>Answers that the invitation settles: nobody changes them.</summary>
    public IReadOnlyDictionary<string, string> FixedData { get; init; } = new Dictionary<string, string>();

    /// <summary>The hash of a new password that a prompt stage asked for.</summary>
    public string? NewPasswordHash { get; init; }

    /// <summary>The stage that is asked in place of the current one.</summary>
    public StageDetour? Detour { get; init; }

    /// <summary>What the current stage made and showed and nobody has confirmed, wrapped; see <see cref="Keys.KeyWrap"/>.</summary>
    public byte[]? Pending { get; init; }

    /// <summary>Wrong answers to the current stage.</summary>
    public int Failures { get; init; }

    /// <summary>The session that the run made or ended with.</summary>
    public Guid? Session { get; init; }
}
