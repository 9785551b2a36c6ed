using Sidecar.Contracts.Channel;

namespace Sidecar.ControlPlane.Channel;

/// <summary>The channel; its rules are in <c>src/Contracts/Channel/README.md</c>. Only an outpost's token opens it.</summary>
internal static class ChannelEndpoints
{
    public static IServiceCollection AddChannel(this IServiceCollection services) => services
        .AddScoped<Outposts.OutpostAuthentication>()
        .AddScoped<Tokens.LiveTokens>()
        .AddScoped<Tokens.CredentialChecker>()
        .AddScoped<ChangeBatches>()
        .AddScoped<ChannelSecrets>();

    public static void MapChannel(this IEndpointRouteBuilder routes)
    {
        // Anonymous for the sign-in of people: the filter asks for the outpost's token, and every address below is behind it.
        var channel = routes.MapGroup("").AllowAnonymous().AddEndpointFilter<ChannelFilter>().DisableAntiforgery();
        channel.MapGet(ChannelRoutes.Trust, TrustEndpoint.GetAsync);
        channel.MapPut(ChannelRoutes.Registration, InstanceEndpoints.RegisterAsync);
        channel.MapPost(ChannelRoutes.Report, InstanceEndpoints.ReportAsync);
        channel.MapGet(ChannelRoutes.Snapshot, SnapshotEndpoint.GetAsync);
        channel.MapGet(ChannelRoutes.Secrets, SecretsEndpoint.GetAsync);
        channel.MapGet($"{ChannelRoutes.Principals}/{{id:guid}}", PrincipalEndpoints.GetAsync);
        channel.MapPost(ChannelRoutes.PrincipalRevisions, PrincipalEndpoints.RevisionsAsync);
        channel.MapGet(ChannelRoutes.Changes, ChangesEndpoint.GetAsync);
        channel.MapGet(ChannelRoutes.Stream, StreamEndpoint.GetAsync);
        channel.MapDelete($"{ChannelRoutes.Sessions}/{{sid:guid}}", SessionEndpoint.EndAsync);
        channel.MapPost(ChannelRoutes.Credentials, CredentialEndpoint.CheckAsync);
    }
}
