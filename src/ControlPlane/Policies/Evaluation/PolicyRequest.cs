using System.Net;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Policies.Evaluation;

/// <summary>What a policy may look at.</summary>
internal sealed record PolicyRequest
{
    /// <summary>Null: nobody is known, or the typed name leads nowhere.</summary>
    public User? User { get; init; }

    /// <summary>What was typed as a name.</summary>
    public string? Identifier { get; init; }

    public IPAddress? Address { get; init; }

    /// <summary>What was typed into a form, by field key. Passwords are among them.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: it is not about an event.</summary>
    public AuditEvent? Event { get; init; }

    // A record prints its members; a password must not get anywhere by that.
    public override string ToString() => nameof(PolicyRequest);
}
