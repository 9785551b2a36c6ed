using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Bootstrap;

internal static class DefaultBrand
{
    public static void Add(ControlPlaneContext context, DefaultFlows flows) => context.Brands.Add(new Brand
    {
        Domain = Brand.DefaultDomain,
        IsDefault = true,
        FlowAuthenticationId = flows.Authentication.Id,
        FlowInvalidationId = flows.Invalidation.Id,
        FlowUserSettingsId = flows.UserSettings.Id,
    });
}
