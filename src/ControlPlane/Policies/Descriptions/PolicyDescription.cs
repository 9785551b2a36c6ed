namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>What a kind of policy is called and which settings it has: the API of every kind comes from this.</summary>
internal sealed record PolicyDescription
{
    /// <summary>One of <see cref="PolicyKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>For people: <c>Password Policy</c>.</summary>
    public required string Name { get; init; }

    public required string Plural { get; init; }

    /// <summary>One sentence: what it asks.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<PolicySetting> Settings { get; init; }

    /// <summary>Why it cannot be bound to flows and stages; null: it can.</summary>
    public string? NotAtBindings { get; init; }

    /// <summary>Why it cannot check the answers of a prompt stage; null: it can.</summary>
    public string? NotAtPrompts { get; init; }

    /// <summary>It passes events only, so it is bound to notification rules and nowhere else.</summary>
    public bool LooksAtEvents { get; init; }

    /// <summary>What two settings together must be; it adds to the errors of the draft's body. It is called after every setting was read.</summary>
    public Action<PolicyDraft>? Check { get; init; }

    /// <summary>authentik's name of the form in which the kind is edited.</summary>
    public string FormComponent => $"ak-policy-{Kind.Replace('_', '-')}-form";

    public string App => "authentik_policies_" + (Kind == PolicyKind.PasswordExpiry ? "expiry" : Kind);

    public string Model => Kind.Replace("_", "", StringComparison.Ordinal) + "policy";
}
