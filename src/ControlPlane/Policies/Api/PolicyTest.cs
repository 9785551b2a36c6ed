using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>What a policy says to a user, and to texts as they would be typed into a form.</summary>
internal sealed class PolicyTest(ControlPlaneContext context, PolicyEngine engine)
{
    public async Task<IResult> AnswerAsync(Guid id, JsonBody body, CancellationToken cancel)
    {
        if (await context.Policies.AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id, cancel) is not { } policy)
        {
            return ApiResults.NotFound();
        }

        body.Require("user");
        var user = body.TryNumber("user", out var pk) ? await context.Users.AsNoTracking().SingleOrDefaultAsync(known => known.Pk == pk, cancel) : null;
        body.Refuses("user", user is null && !body.Errors.Any, $"There is no user {pk}.");
        var typed = body.TryObject("context", out var given) ? given.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String) : [];
        if (!body.Finish())
        {
            return ApiResults.Invalid(body.Errors);
        }

        var request = new PolicyRequest { User = user, Answers = typed.ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal) };
        var result = await engine.AskAsync(policy, request, PolicyEngine.DefaultTimeout, cancel)
            ?? PolicyResult.Fail($"No answer within {PolicyEngine.DefaultTimeout.TotalSeconds:0} seconds; a binding's failure result would count.");
        return ApiResults.Json(new AccessVerdict(result.Passing, result.Messages));
    }
}
