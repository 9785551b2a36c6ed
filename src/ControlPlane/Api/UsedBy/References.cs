using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api.UsedBy;

/// <summary>What refers to an object, and what becomes of it when the object is deleted: as the deletions of this API have it.</summary>
internal static class References
{
    private const string Core = "authentik_core";

    public static Task<IReadOnlyList<UsedByAnswer>> None<TKey>(TKey key) => Task.FromResult<IReadOnlyList<UsedByAnswer>>([]);

    public static async Task<IReadOnlyList<UsedByAnswer>> OfApplicationAsync(ControlPlaneContext context, Guid id, CancellationToken cancel) =>
    [
        .. await BindingsAsync(context, binding => binding.ApplicationId == id, UsedByAction.Cascade, cancel),
        .. await ConsentsAsync(context, consent => consent.ApplicationId == id, cancel),
        .. await BrandsAsync(context, brand => brand.DefaultApplicationId == id, UsedByAction.SetNull, cancel),
    ];

    public static async Task<IReadOnlyList<UsedByAnswer>> OfGroupAsync(ControlPlaneContext context, StageReferences stages, Guid id, CancellationToken cancel)
    {
        var children = await context.Groups.AsNoTracking().Where(group => group.Parents.Any(parent => parent.Id == id)).OrderBy(group => group.Name).ToListAsync(cancel);
        var rules = await context.NotificationRules.AsNoTracking().Where(rule => rule.DestinationGroupId == id).OrderBy(rule => rule.Name).ToListAsync(cancel);
        return
        [
            .. await BindingsAsync(context, binding => binding.GroupId == id, UsedByAction.SetNull, cancel),
            .. rules.Select(rule => new UsedByAnswer("authentik_events", "notificationrule", $"{rule.Id:D}", rule.Name, UsedByAction.SetNull)),
            .. await StagesAsync(stages, id, cancel),
            .. children.Select(group => new UsedByAnswer(Core, "group", $"{group.Id:D}", group.Name, UsedByAction.CascadeMany)),
        ];
    }

    public static async Task<IReadOnlyList<UsedByAnswer>> OfUserAsync(ControlPlaneContext context, Guid id, CancellationToken cancel)
    {
        var tokens = await context.Tokens.AsNoTracking().Where(token => token.UserId == id).OrderBy(token => token.Identifier).ToListAsync(cancel);
        var sessions = await context.Sessions.AsNoTracking().Where(session => session.UserId == id).OrderBy(session => session.CreatedAt).ToListAsync(cancel);
        var outposts = await context.Outposts.AsNoTracking().Where(outpost => outpost.ServiceAccountId == id).ToListAsync(cancel);
        return
        [
            .. await BindingsAsync(context, binding => binding.UserId == id, UsedByAction.SetNull, cancel),
            .. tokens.Select(token => new UsedByAnswer(Core, "token", $"{token.Id:D}", token.Identifier, UsedByAction.Cascade)),
            .. sessions.Select(session => new UsedByAnswer(Core, "authenticatedsession", $"{session.Id:D}", $"Session from {session.Ip}", UsedByAction.Cascade)),
            .. await ConsentsAsync(context, consent => consent.UserId == id, cancel),
            .. outposts.Select(outpost => new UsedByAnswer("authentik_outposts", "outpost", $"{outpost.Id:D}", outpost.Name, UsedByAction.LeftDangling)),
        ];
    }

    public static async Task<IReadOnlyList<UsedByAnswer>> OfProviderAsync(ControlPlaneContext context, int id, CancellationToken cancel)
    {
        var applications = await context.Applications.AsNoTracking().Where(application => application.ProviderId == id).ToListAsync(cancel);
        var outposts = await context.Outposts.AsNoTracking().Where(outpost => outpost.Providers.Any(provider => provider.Id == id)).OrderBy(outpost => outpost.Name).ToListAsync(cancel);
        return
        [
            .. applications.Select(application => new UsedByAnswer(Core, "application", $"{application.Id:D}", application.Name, UsedByAction.SetNull)),
            .. outposts.Select(outpost => new UsedByAnswer("authentik_outposts", "outpost", $"{outpost.Id:D}", outpost.Name, UsedByAction.CascadeMany)),
        ];
    }

    public static async Task<IReadOnlyList<UsedByAnswer>> OfFlowAsync(ControlPlaneContext context, StageReferences references, Guid id, CancellationToken cancel)
    {
        var stages = await context.FlowStageBindings.AsNoTracking().Include(binding => binding.Stage).Where(binding => binding.FlowId == id)
            .OrderBy(binding => binding.Order).ToListAsync(cancel);
        return
        [
            .. await InTheWayOfFlowAsync(context, id, cancel),
            .. await StagesAsync(references, id, cancel),
            .. stages.Select(binding => new UsedByAnswer("authentik_flows", "flowstagebinding", $"{binding.Id:D}", binding.Stage!.Name, UsedByAction.Cascade)),
            .. await BindingsAsync(context, binding => binding.FlowId == id, UsedByAction.Cascade, cancel),
        ];
    }

    public static async Task<IReadOnlyList<UsedByAnswer>> OfStageAsync(ControlPlaneContext context, StageReferences references, Guid id, CancellationToken cancel)
    {
        var places = await context.FlowStageBindings.AsNoTracking().Include(binding => binding.Flow).Where(binding => binding.StageId == id)
            .OrderBy(binding => binding.Flow!.Slug).ToListAsync(cancel);
        return
        [
            .. places.Select(binding => new UsedByAnswer("authentik_flows", "flowstagebinding", $"{binding.Id:D}", $"Place {binding.Order} of {binding.Flow!.Slug}", UsedByAction.Cascade)),
            .. await StagesAsync(references, id, cancel),
        ];
    }

    public static async Task<IReadOnlyList<UsedByAnswer>> OfStageBindingAsync(ControlPlaneContext context, Guid id, CancellationToken cancel) =>
        [.. await BindingsAsync(context, binding => binding.StageBindingId == id, UsedByAction.Cascade, cancel)];

    public static async Task<IReadOnlyList<UsedByAnswer>> OfRuleAsync(ControlPlaneContext context, Guid id, CancellationToken cancel) =>
        [.. await BindingsAsync(context, binding => binding.RuleId == id, UsedByAction.Cascade, cancel)];

    public static async Task<IReadOnlyList<UsedByAnswer>> OfPromptAsync(ControlPlaneContext context, Guid id, CancellationToken cancel)
    {
        var stages = await context.Stages.AsNoTracking().Where(stage => context.Set<StagePrompt>().Any(link => link.PromptId == id && link.StageId == stage.Id))
            .OrderBy(stage => stage.Name).ToListAsync(cancel);
        return [.. stages.Select(stage => new UsedByAnswer("authentik_stages_prompt", "promptstage", $"{stage.Id:D}", stage.Name, UsedByAction.CascadeMany))];
    }

    public static async Task<IReadOnlyList<UsedByAnswer>> OfPolicyAsync(ControlPlaneContext context, Guid id, CancellationToken cancel)
    {
        var stages = await context.StageValidations.AsNoTracking().Where(link => link.PolicyId == id)
            .Join(context.Stages, link => link.StageId, stage => stage.Id, (_, stage) => stage).OrderBy(stage => stage.Name).ToListAsync(cancel);
        return
        [
            .. await BindingsAsync(context, binding => binding.PolicyId == id, UsedByAction.SetNull, cancel),
            .. stages.Select(stage => new UsedByAnswer("authentik_stages_prompt", "promptstage", $"{stage.Id:D}", stage.Name, UsedByAction.CascadeMany)),
        ];
    }

    /// <summary>What must use another flow before this one can be deleted.</summary>
    public static async Task<IReadOnlyList<UsedByAnswer>> InTheWayOfFlowAsync(ControlPlaneContext context, Guid id, CancellationToken cancel)
    {
        var providers = await context.Providers.AsNoTracking()
            .Where(provider => provider.AuthenticationFlowId == id || provider.AuthorizationFlowId == id || provider.InvalidationFlowId == id)
            .OrderBy(provider => provider.Name).ToListAsync(cancel);
        return
        [
            .. providers.Select(provider => new UsedByAnswer(
                "authentik_providers_proxy", "proxyprovider", provider.Id.ToString(CultureInfo.InvariantCulture), provider.Name, UsedByAction.LeftDangling)),
            .. await BrandsAsync(
                context,
                brand => brand.FlowAuthenticationId == id || brand.FlowInvalidationId == id || brand.FlowRecoveryId == id || brand.FlowUnenrollmentId == id
                    || brand.FlowUserSettingsId == id || brand.FlowDeviceCodeId == id,
                UsedByAction.LeftDangling,
                cancel),
        ];
    }

    private static async Task<IEnumerable<UsedByAnswer>> BindingsAsync(
        ControlPlaneContext context, Expression<Func<Binding, bool>> which, UsedByAction action, CancellationToken cancel)
    {
        var bindings = await context.Bindings.AsNoTracking().Include(binding => binding.Application).Where(which).OrderBy(binding => binding.Order).ToListAsync(cancel);
        return bindings.Select(binding => new UsedByAnswer("authentik_policies", "policybinding", $"{binding.Id:D}", NameOf(binding), action));
    }

    private static async Task<IEnumerable<UsedByAnswer>> StagesAsync(StageReferences references, Guid id, CancellationToken cancel) =>
        (await references.ToAsync(id, cancel)).Select(
            found => new UsedByAnswer(found.Description.App, found.Description.Model, $"{found.Stage.Id:D}", found.Stage.Name, UsedByAction.SetNull));

    private static string NameOf(Binding binding) => binding.Application is { } application ? $"Binding #{binding.Order} of {application.Name}"
        : binding.RuleId is not null ? $"Binding #{binding.Order} of a notification rule" : $"Binding #{binding.Order} of a flow";

    private static async Task<IEnumerable<UsedByAnswer>> ConsentsAsync(ControlPlaneContext context, Expression<Func<Consent, bool>> which, CancellationToken cancel)
    {
        var consents = await context.Consents.AsNoTracking().Include(consent => consent.User).Include(consent => consent.Application).Where(which).ToListAsync(cancel);
        return consents.Select(consent => new UsedByAnswer(
            "authentik_stages_consent", "userconsent", $"{consent.Id:D}", $"Consent of {consent.User!.Username} to {consent.Application!.Name}", UsedByAction.Cascade));
    }

    private static async Task<IEnumerable<UsedByAnswer>> BrandsAsync(
        ControlPlaneContext context, Expression<Func<Brand, bool>> which, UsedByAction action, CancellationToken cancel) =>
        (await context.Brands.AsNoTracking().Where(which).OrderBy(brand => brand.Domain).ToListAsync(cancel))
            .Select(brand => new UsedByAnswer("authentik_brands", "brand", $"{brand.Id:D}", brand.Domain, action));
}
