using System.Text.Json;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Invitations;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What a request may set on an invitation.</summary>
internal sealed class InvitationFields(FlowChoice flows)
{
    private const int MaxName = 255;

    public async Task ApplyAsync(JsonBody body, Invitation invitation, CancellationToken cancel)
    {
        body.Require("name");
        body.Ignore("pk", "created_by", "flow_obj");
        if (body.TryText("name", out var name, MaxName)
            && !body.Refuses("name", !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), "Letters, digits, \"-\" and \"_\" only."))
        {
            invitation.Name = name;
        }

        if (body.TryNullableTime("expires", out var expires))
        {
            invitation.ExpiresAt = expires;
        }

        if (body.TryFlag("single_use", out var single))
        {
            invitation.SingleUse = single;
        }

        if (body.TryNullableId("flow", out var flow) && (flow is not { } id || await flows.IsAsync(body, "flow", id, FlowDesignation.Enrollment, cancel)))
        {
            invitation.FlowId = flow;
        }

        if (body.TryObject("fixed_data", out var settled) && ProblemOf(settled) is var problem && !body.Refuses("fixed_data", problem is not null, problem ?? ""))
        {
            invitation.FixedData = settled;
        }
    }

    private static string? ProblemOf(JsonElement settled)
    {
        foreach (var member in settled.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Null || (member.Value.ValueKind == JsonValueKind.Object && ProblemOf(member.Value) is not null))
            {
                return $"\"{member.Name}\" must be a text, a number, true, false, or an object of these.";
            }

            if (member.Name.StartsWith("password", StringComparison.OrdinalIgnoreCase))
            {
                return "A password is chosen by whoever is invited.";
            }
        }

        return null;
    }
}
