using System.Text.Json;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Brands;

/// <summary>How a domain looks and which flows it uses.</summary>
internal sealed class Brand
{
    public const string DefaultDomain = "authentik-default";
    public const string DefaultTitle = "Sidecar";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Domain { get; set; }

    public bool IsDefault { get; set; }

    public string BrandingTitle { get; set; } = DefaultTitle;

    public string BrandingLogo { get; set; } = "";

    public string BrandingFavicon { get; set; } = "";

    public string BrandingCustomCss { get; set; } = "";

    public string BrandingDefaultFlowBackground { get; set; } = "";

    public Guid? FlowAuthenticationId { get; set; }

    public Flow? FlowAuthentication { get; set; }

    public Guid? FlowInvalidationId { get; set; }

    public Flow? FlowInvalidation { get; set; }

    public Guid? FlowRecoveryId { get; set; }

    public Flow? FlowRecovery { get; set; }

    public Guid? FlowUnenrollmentId { get; set; }

    public Flow? FlowUnenrollment { get; set; }

    public Guid? FlowUserSettingsId { get; set; }

    public Flow? FlowUserSettings { get; set; }

    public Guid? FlowDeviceCodeId { get; set; }

    public Flow? FlowDeviceCode { get; set; }

    public Guid? DefaultApplicationId { get; set; }

    public Application? DefaultApplication { get; set; }

    public JsonElement Attributes { get; set; } = JsonObjects.Empty;
}
