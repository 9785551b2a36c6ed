using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>Text, which may have several lines.</summary>
internal sealed class PolicyText(string name, string byDefault, int max = 1024) : PolicySetting(name, byDefault)
{
    public bool MayBeBlank { get; init; }

    public override void Read(PolicyDraft draft)
    {
        if (draft.Body.TryLines(Name, out var value, max) && !draft.Body.Refuses(Name, !MayBeBlank && value.Length == 0, "This field may not be blank."))
        {
            draft.Settings[Name] = value;
        }
    }

    public override Func<Policy, bool>? Filter(QueryReader query) =>
        query.TryText(Name, out var asked) ? policy => ValueOf(policy)!.GetValue<string>() == asked : null;
}
