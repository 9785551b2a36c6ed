using System.Text.Json;

namespace Sidecar.ControlPlane.Brands.Api;

/// <summary>The schema's <c>Brand</c>.</summary>
internal sealed record BrandAnswer
{
    public required Guid BrandUuid { get; init; }

    public required string Domain { get; init; }

    public required bool Default { get; init; }

    public required string BrandingTitle { get; init; }

    public required string BrandingLogo { get; init; }

    public required string BrandingFavicon { get; init; }

    public required string BrandingCustomCss { get; init; }

    public required string BrandingDefaultFlowBackground { get; init; }

    public required Guid? FlowAuthentication { get; init; }

    public required Guid? FlowInvalidation { get; init; }

    public required Guid? FlowRecovery { get; init; }

    public required Guid? FlowUnenrollment { get; init; }

    public required Guid? FlowUserSettings { get; init; }

    public required Guid? FlowDeviceCode { get; init; }

    public required Guid? DefaultApplication { get; init; }

    public required JsonElement Attributes { get; init; }

    public static BrandAnswer Of(Brand brand) => new()
    {
        BrandUuid = brand.Id,
        Domain = brand.Domain,
        Default = brand.IsDefault,
        BrandingTitle = brand.BrandingTitle,
        BrandingLogo = brand.BrandingLogo,
        BrandingFavicon = brand.BrandingFavicon,
        BrandingCustomCss = brand.BrandingCustomCss,
        BrandingDefaultFlowBackground = brand.BrandingDefaultFlowBackground,
        FlowAuthentication = brand.FlowAuthenticationId,
        FlowInvalidation = brand.FlowInvalidationId,
        FlowRecovery = brand.FlowRecoveryId,
        FlowUnenrollment = brand.FlowUnenrollmentId,
        FlowUserSettings = brand.FlowUserSettingsId,
        FlowDeviceCode = brand.FlowDeviceCodeId,
        DefaultApplication = brand.DefaultApplicationId,
        Attributes = brand.Attributes,
    };
}
