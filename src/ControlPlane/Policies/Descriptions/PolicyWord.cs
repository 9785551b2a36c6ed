using System.Text.Json;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>A text with rules of its own, or null: not asked for.</summary>
/// <param name="name">authentik's.</param>
/// <param name="problemOf">What is wrong with a text; null: nothing.</param>
internal sealed class PolicyWord(string name, Func<string, string?> problemOf) : PolicySetting(name, null)
{
    public override void Read(PolicyDraft draft)
    {
        if (draft.Body.Find(Name) is { } given && (given.ValueKind == JsonValueKind.Null || (given.ValueKind == JsonValueKind.String && given.ValueEquals(""))))
        {
            draft.Settings.Remove(Name);
            return;
        }

        if (draft.Body.TryText(Name, out var value, max: 255) && problemOf(value) is var problem && !draft.Body.Refuses(Name, problem is not null, problem ?? ""))
        {
            draft.Settings[Name] = value;
        }
    }

    public override Func<Policy, bool>? Filter(QueryReader query) => query.TryText(Name, out var asked) ? policy => ValueOf(policy)?.GetValue<string>() == asked : null;
}
