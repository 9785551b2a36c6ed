using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>Adds flows, stages and bindings to a context.</summary>
internal sealed class FlowBuilder(ControlPlaneContext context)
{
    public Flow Flow(string slug, string title, FlowDesignation designation, FlowAuthentication authentication = FlowAuthentication.None)
    {
        var flow = new Flow { Slug = slug, Name = title, Title = title, Designation = designation, Authentication = authentication };
        context.Flows.Add(flow);
        return flow;
    }

    public Stage Stage(string name, string kind, string settings, params ReadOnlySpan<Prompt> prompts)
    {
        var stage = new Stage { Name = name, Kind = kind, Settings = JsonObjects.Parse(settings) };
        context.Stages.Add(stage);
        foreach (var prompt in prompts)
        {
            prompt.Stages.Add(stage);
            context.Prompts.Add(prompt);
        }

        return stage;
    }

    /// <summary>The prompt stage takes only what the policy passes.</summary>
    public void Validate(Stage stage, string name, string kind, string settings)
    {
        var policy = context.Policies.Add(new Policy { Name = name, Kind = kind, Settings = JsonObjects.Parse(settings) }).Entity;
        context.StageValidations.Add(new StageValidation { StageId = stage.Id, PolicyId = policy.Id });
    }

    /// <summary>The prompt stage takes only what the other one takes.</summary>
    public void ValidateAs(Stage stage, Stage other)
    {
        foreach (var link in context.StageValidations.Local.Where(link => link.StageId == other.Id).ToList())
        {
            context.StageValidations.Add(new StageValidation { StageId = stage.Id, PolicyId = link.PolicyId });
        }
    }

    public void Bind(Flow flow, int order, Stage stage) =>
        context.FlowStageBindings.Add(new FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = order });
}
