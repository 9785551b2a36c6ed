namespace Sidecar.ControlPlane.Policies.Evaluation;

/// <summary>Asks policies. A kind that this version does not know passes nobody.</summary>
internal sealed class PolicyEngine(IEnumerable<IPolicyHandler> handlers, TimeProvider time, ILogger<PolicyEngine> log)
{
    /// <summary>Where nothing else is said; authentik's default of a binding.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Null: no answer within <paramref name="timeout"/> (zero: no limit). An exception goes on to the caller, who must deny.</summary>
    public async Task<PolicyResult?> AskAsync(Policy policy, PolicyRequest request, TimeSpan timeout, CancellationToken cancel)
    {
        var result = await AnswerAsync(policy, request, timeout, cancel);
        if (result is null)
        {
            log.TooSlow(policy.Name, timeout);
        }
        else if (policy.ExecutionLogging)
        {
            log.Answered(policy.Name, result.Passing, request.User?.Username ?? "");
        }

        return result;
    }

    private async Task<PolicyResult?> AnswerAsync(Policy policy, PolicyRequest request, TimeSpan timeout, CancellationToken cancel)
    {
        if (handlers.FirstOrDefault(handler => handler.Kind == policy.Kind) is not { } handler)
        {
            log.UnknownKind(policy.Name, policy.Kind);
            return PolicyResult.Fail("This is checked by a policy that this version does not know.");
        }

        using var limit = new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await handler.EvaluateAsync(policy, request, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
