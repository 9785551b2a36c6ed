using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Browsers.Own;
using Sidecar.ControlPlane.Captcha;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Flows.Links;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows;

internal static class FlowServices
{
    public static IServiceCollection AddFlows(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services
            .AddSingleton<FlowBrowser>().AddSingleton<SealedStarts>().AddSingleton<AttemptLimiter>().AddSingleton(_ => new PasswordWork())
            .AddScoped<BrowserSession>().AddScoped<BrandReader>().AddScoped<PageWriter>().AddScoped<DefaultFlowFinder>().AddScoped<LibraryReader>().AddScoped<OwnPages>().AddScoped<SignInAgain>()
            .AddScoped<FlowRuns>().AddScoped<FlowPolicies>().AddScoped<FlowEntry>().AddScoped<FlowPlanner>().AddScoped<FlowReplies>()
            .AddScoped<StageRunner>().AddScoped<FlowExecutor>().AddScoped<FlowStarter>().AddScoped<FlowProofs>().AddScoped<UserSettings>().AddScoped<Superusers>().AddScoped<UserErasure>().AddScoped<OwnAccount>()
            .AddScoped<FlowLinks>().AddScoped<LinkVisits>().AddScoped<RecoveryLinks>().AddScoped<InvitationBook>()
            .AddStages();
    }

    /// <summary>A new kind of stage: a handler and a description here, and a view if none of those that exist fits.</summary>
    private static IServiceCollection AddStages(this IServiceCollection services) => services
        .AddScoped<UserLookup>().AddScoped<PasswordCheck>().AddScoped<PromptValidation>().AddScoped<StageHandlers>().AddSingleton<StageDescriptions>().AddScoped<StageReferences>()
        .AddStage<IdentificationStage>(IdentificationSettings.Description)
        .AddStage<PasswordStage>(PasswordSettings.Description)
        .AddStage<UserLoginStage>(UserLoginSettings.Description)
        .AddStage<UserLogoutStage>(UserLogoutSettings.Description)
        .AddStage<ConsentStage>(ConsentSettings.Description)
        .AddStage<PromptStage>(PromptSettings.Description)
        .AddStage<UserWriteStage>(UserWriteSettings.Description)
        .AddStage<UserDeleteStage>(UserDeleteSettings.Description)
        .AddStage<RedirectStage>(RedirectSettings.Description)
        .AddSingleton<CaptchaService>().AddScoped<FlowFaults>()
        .AddStage<CaptchaStage>(CaptchaSettings.Description)
        .AddStage<DummyStage>(DummySettings.Description)
        .AddStage<EmailStage>(EmailSettings.Description)
        .AddStage<InvitationStage>(InvitationSettings.Description)
        .AddStage<DenyStage>(DenySettings.Description)
        .AddAuthenticators();
}
