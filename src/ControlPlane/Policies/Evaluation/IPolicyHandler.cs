namespace Sidecar.ControlPlane.Policies.Evaluation;

/// <summary>Answers for one kind of policy.</summary>
internal interface IPolicyHandler
{
    string Kind { get; }

    /// <param name="policy">Of this kind.</param>
    /// <param name="request">What it is asked about.</param>
    /// <param name="cancel">The caller went away, or the time is over.</param>
    Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel);
}
