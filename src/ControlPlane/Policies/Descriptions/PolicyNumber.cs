using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>A whole number in a range.</summary>
internal sealed class PolicyNumber(string name, int byDefault, int min, int max) : PolicySetting(name, byDefault)
{
    public override void Read(PolicyDraft draft)
    {
        if (draft.Body.TryNumber(Name, out var value, min, max))
        {
            draft.Settings[Name] = value;
        }
    }

    public override Func<Policy, bool>? Filter(QueryReader query) =>
        query.TryNumber(Name, out var asked) ? policy => ValueOf(policy)!.GetValue<int>() == asked : null;
}
