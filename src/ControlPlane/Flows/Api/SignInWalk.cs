using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Authenticators.Stages;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Policies;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>A sign-in flow, walked through in thought.</summary>
/// <param name="flow">With its stages.</param>
/// <param name="bindings">The enabled ones of the flow and of its stages, with their policies.</param>
internal sealed class SignInWalk(Flow flow, IReadOnlyList<Binding> bindings)
{
    /// <param name="Id">Whose walk it is.</param>
    /// <param name="Groups">Also those above the user's own.</param>
    /// <param name="Devices">Their classes.</param>
    internal sealed record Person(Guid Id, HashSet<Guid> Groups, IReadOnlyList<string> Devices);

    private enum Chance
    {
        Never,
        Perhaps,
        Always,
    }

    /// <summary>Whether the flow can admit somebody who is not signed in.</summary>
    public bool IsOpenToStrangers => ChanceOf(bindings.Where(binding => binding.FlowId == flow.Id), flow.PolicyEngineMode, person: null) != Chance.Never;

    /// <summary>Somebody is named, then proven, then signed in; and no stage before that turns them away.</summary>
    public bool EndsSignedIn(Person person)
    {
        var (named, proven) = (false, false);
        foreach (var place in FlowPlanner.Ordered(flow))
        {
            var stage = place.Stage!;
            var chance = ChanceOf(place, named ? person : null);
            switch (stage.Kind)
            {
                case StageKind.Deny or StageKind.Redirect when chance == Chance.Always:
                case StageKind.AuthenticatorValidate when chance == Chance.Always && AuthenticatorValidateSettings.Demands(stage) && !Has(person, stage):
                    return false;
                case StageKind.Identification when chance != Chance.Never && stage.Settings.Texts(IdentificationSettings.UserFields) is not []:
                    (named, proven) = (true, proven || stage.Settings.Id(IdentificationSettings.PasswordStage) is not null);
                    break;
                case StageKind.Password when chance != Chance.Never:
                    proven |= named;
                    break;
                case StageKind.UserLogin when chance != Chance.Never:
                    return named && proven;
            }
        }

        return false;
    }

    private static bool Has(Person person, Stage stage) => AuthenticatorValidateSettings.ClassesOf(stage).Any(person.Devices.Contains);

    // Planned before anybody is named, and asked again when it is reached.
    private Chance ChanceOf(FlowStageBinding place, Person? person)
    {
        var its = bindings.Where(binding => binding.StageBindingId == place.Id).ToList();
        var planned = place.EvaluateOnPlan ? ChanceOf(its, place.PolicyEngineMode, person: null) : Chance.Always;
        var reached = place.ReEvaluatePolicies ? ChanceOf(its, place.PolicyEngineMode, person) : Chance.Always;
        return planned < reached ? planned : reached;
    }

    private static Chance ChanceOf(IEnumerable<Binding> bindings, BindingMode mode, Person? person) =>
        bindings.Select(binding => ChanceOf(binding, person)).ToList() is not [_, ..] chances ? Chance.Always : mode == BindingMode.Any ? chances.Max() : chances.Min();

    private static Chance ChanceOf(Binding binding, Person? person) => binding switch
    {
        { Policy: { Kind: PolicyKind.Dummy } policy } => Certain(policy.Settings.Flag("result", false) != binding.Negate),
        { Policy: not null } => Chance.Perhaps,
        { UserId: { } user } => Certain((user == person?.Id) != binding.Negate),
        { GroupId: { } group } => Certain((person?.Groups.Contains(group) ?? false) != binding.Negate),
        _ => Certain(binding.FailureResult),
    };

    private static Chance Certain(bool passes) => passes ? Chance.Always : Chance.Never;
}
