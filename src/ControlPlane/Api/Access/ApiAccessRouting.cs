namespace Sidecar.ControlPlane.Api.Access;

internal static class ApiAccessRouting
{
    public static TBuilder ForSuperusers<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ApiAccessRule(ApiAccess.Superuser));

    public static TBuilder ForSignedIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ApiAccessRule(ApiAccess.SignedIn));

    public static TBuilder ForAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ApiAccessRule(ApiAccess.Anyone));
}
