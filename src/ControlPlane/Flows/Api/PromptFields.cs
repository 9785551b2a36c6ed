using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What a request may set on a prompt.</summary>
internal sealed class PromptFields(ControlPlaneContext context)
{
    private const int MaxText = 1024;

    // A form sends each field once: with a second one of these names its answers would be thrown away.
    private static readonly string[] Reserved = [FlowPageEndpoints.TokenField, FlowExecutor.RestartField, "component"];

    /// <summary>To be filled by a request.</summary>
    public static Prompt Blank(Guid? id = null) => new() { Id = id ?? Guid.CreateVersion7(), Name = "", FieldKey = "", Label = "", Type = "text", Order = 0 };

    public async Task ApplyAsync(JsonBody body, Prompt prompt, CancellationToken cancel)
    {
        body.Require("name", "field_key", "label", "type");
        body.Ignore("pk", "prompt_stages_obj");
        if (body.TryText("name", out var name, MaxText)
            && !body.Refuses("name", await context.Prompts.AnyAsync(other => other.Name == name && other.Id != prompt.Id, cancel), "Another prompt has this name."))
        {
            prompt.Name = name;
        }

        ApplyField(body, prompt);
        ApplyTexts(body, prompt);
        RefuseExpressions(body);
    }

    private static void ApplyField(JsonBody body, Prompt prompt)
    {
        if (body.TryText("field_key", out var key, MaxText) && !body.Refuses("field_key", Reserved.Contains(key), "The page itself has a field of this name; choose another one."))
        {
            prompt.FieldKey = key;
        }

        if (body.TryText("type", out var type, blank: true)
            && !body.Refuses("type", type == "file", "\"file\" has no effect here: no file is kept of a form.")
            && !body.Refuses("type", !PromptFieldRules.Types.Contains(type), $"\"{type}\" is not a valid choice; use one of {string.Join(", ", PromptFieldRules.Types)}."))
        {
            prompt.Type = type;
        }

        if (body.TryFlag("required", out var required))
        {
            prompt.Required = required;
        }

        if (body.TryNumber("order", out var order))
        {
            prompt.Order = order;
        }
    }

    private static void ApplyTexts(JsonBody body, Prompt prompt)
    {
        if (body.TryText("label", out var label, MaxText))
        {
            prompt.Label = label;
        }

        if (body.TryLines("placeholder", out var placeholder))
        {
            prompt.Placeholder = placeholder;
        }

        if (body.TryLines("initial_value", out var initial))
        {
            prompt.InitialValue = initial;
        }

        if (body.TryLines("sub_text", out var help))
        {
            prompt.SubText = help;
        }
    }

    // authentik runs them as Python: invariant 10 keeps such programs out.
    private static void RefuseExpressions(JsonBody body)
    {
        foreach (var name in (string[])["placeholder_expression", "initial_value_expression"])
        {
            body.Refuses(name, body.Find(name) is { ValueKind: not (JsonValueKind.False or JsonValueKind.Null) }, "Expressions are not evaluated; give the text itself. Choices stand in the placeholder, one a line.");
        }
    }
}
