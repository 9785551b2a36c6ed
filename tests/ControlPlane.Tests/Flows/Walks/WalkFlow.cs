using System.Text.Json;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Authenticators.Stages;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tests.Flows.Walks;

/// <summary>What a flow asks, one after the other.</summary>
internal enum Step
{
    Click,
    Name,

    /// <summary>Both on one page.</summary>
    NameAndPassword,
    Password,

    /// <summary>A wrong answer begins the flow again.</summary>
    PasswordOrRestart,

    /// <summary>Whoever has no codes is turned away.</summary>
    Code,

    /// <summary>Whoever has no codes passes.</summary>
    CodeIfAny,

    /// <summary>Whoever has no codes gets some.</summary>
    CodeOrSetUp,

    /// <summary>A new password, which is written.</summary>
    NewPassword,
}

/// <summary>A flow for sign-ins that the walks go through.</summary>
/// <param name="Slug">Its name.</param>
/// <param name="Steps">What it asks before it signs in. Of some flows nobody can come out signed in: their steps prove nobody.</param>
internal sealed record WalkFlow(string Slug, params IReadOnlyList<Step> Steps)
{
    public static IReadOnlyList<WalkFlow> All { get; } =
    [
        new("walk-plain", Step.Name, Step.Password, Step.CodeIfAny),
        new("walk-inline", Step.NameAndPassword, Step.Code),
        new("walk-code-first", Step.Name, Step.Code, Step.Password),
        new("walk-change", Step.Name, Step.Password, Step.CodeIfAny, Step.NewPassword),
        new("walk-set-up", Step.Name, Step.Password, Step.CodeOrSetUp),
        new("walk-twice", Step.Name, Step.Password, Step.Code, Step.Password, Step.Code),
        new("walk-strict", Step.Click, Step.Name, Step.PasswordOrRestart, Step.Code, Step.Click),
        new("walk-by-name", Step.Name),
        new("walk-by-code", Step.Name, Step.Code),
        new("walk-nameless", Step.Password, Step.CodeIfAny),
    ];

    public bool SignsIn => Steps.Contains(Step.NameAndPassword) || (Steps.Contains(Step.Name) && Steps.Any(step => step is Step.Password or Step.PasswordOrRestart));

    public static void AddAll(ControlPlaneContext context)
    {
        var login = context.Stages.Add(StageOf("walk-login", StageKind.UserLogin, new { })).Entity;
        foreach (var flow in All)
        {
            flow.Add(context, login);
        }
    }

    private void Add(ControlPlaneContext context, Stage login)
    {
        var row = context.Flows.Add(new Flow { Slug = Slug, Name = Slug, Title = Slug, Designation = FlowDesignation.Authentication }).Entity;
        var order = 0;
        foreach (var step in Steps)
        {
            Bind(AddStage(context, step, $"{Slug}-{order}"), step == Step.PasswordOrRestart ? InvalidResponseAction.Restart : InvalidResponseAction.Retry);
            if (step == Step.NewPassword)
            {
                Bind(context.Stages.Add(StageOf($"{Slug}-write", StageKind.UserWrite, new { user_creation_mode = "never_create" })).Entity);
            }
        }

        Bind(login);

        void Bind(Stage stage, InvalidResponseAction action = InvalidResponseAction.Retry) =>
            context.FlowStageBindings.Add(new FlowStageBinding { FlowId = row.Id, StageId = stage.Id, Order = order++, InvalidResponseAction = action });
    }

    private static Stage AddStage(ControlPlaneContext context, Step step, string name)
    {
        switch (step)
        {
            case Step.Click:
                return context.Stages.Add(StageOf(name, StageKind.Dummy, new { })).Entity;
            case Step.Name:
                return context.Stages.Add(StageOf(name, StageKind.Identification, new { })).Entity;
            case Step.NameAndPassword:
                var inline = context.Stages.Add(StageOf(name + "-inline", StageKind.Password, new { })).Entity;
                return context.Stages.Add(StageOf(name, StageKind.Identification, new { password_stage = inline.Id })).Entity;
            case Step.Password or Step.PasswordOrRestart:
                return context.Stages.Add(StageOf(name, StageKind.Password, new { })).Entity;
            case Step.NewPassword:
                var prompt = context.Stages.Add(StageOf(name, StageKind.Prompt, new { })).Entity;
                foreach (var key in (string[])["password", "password_repeat"])
                {
                    var field = new Prompt { Name = $"{name}-{key}", FieldKey = key, Label = key, Type = "password", Required = true, Order = key.Length };
                    field.Stages.Add(prompt);
                    context.Prompts.Add(field);
                }

                return prompt;
            default:
                return AddValidation(context, step, name);
        }
    }

    private static Stage AddValidation(ControlPlaneContext context, Step step, string name)
    {
        var setUp = context.Stages.Add(StageOf(name + "-set-up", StageKind.AuthenticatorStatic, new { })).Entity;
        return context.Stages.Add(StageOf(name, StageKind.AuthenticatorValidate, new
        {
            device_classes = new[] { DeviceClass.Static },
            not_configured_action = step switch
            {
                Step.Code => AuthenticatorValidateSettings.Deny,
                Step.CodeIfAny => AuthenticatorValidateSettings.Skip,
                _ => AuthenticatorValidateSettings.Configure,
            },
            configuration_stages = new[] { setUp.Id },
        })).Entity;
    }

    private static Stage StageOf(string name, string kind, object settings) => new() { Name = name, Kind = kind, Settings = JsonSerializer.SerializeToElement(settings) };
}
