using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Brands.Api;

/// <summary>What a request may set on a brand.</summary>
internal sealed class BrandFields(ControlPlaneContext context, FlowChoice flows)
{
    private const int MaxText = 1024;
    private const int MaxImage = 64 * 1024;

    public async Task ApplyAsync(JsonBody body, Brand brand, CancellationToken cancel)
    {
        body.Require("domain");
        body.Ignore("brand_uuid");
        foreach (var field in new[] { "branding_map_tiles", "flow_user_switch", "flow_lockdown", "flow_request", "web_certificate", "client_certificates" })
        {
            body.OnlyEmpty(field, "Not offered; leave it empty.");
        }

        await ApplyDomainAsync(body, brand, cancel);
        ApplyLooks(body, brand);
        await ApplyFlowAsync(body, "flow_authentication", FlowDesignation.Authentication, id => brand.FlowAuthenticationId = id, cancel);
        await ApplyFlowAsync(body, "flow_invalidation", FlowDesignation.Invalidation, id => brand.FlowInvalidationId = id, cancel);
        await ApplyFlowAsync(body, "flow_recovery", FlowDesignation.Recovery, id => brand.FlowRecoveryId = id, cancel);
        await ApplyFlowAsync(body, "flow_unenrollment", FlowDesignation.Unenrollment, id => brand.FlowUnenrollmentId = id, cancel);
        await ApplyFlowAsync(body, "flow_user_settings", FlowDesignation.StageConfiguration, id => brand.FlowUserSettingsId = id, cancel);
        await ApplyFlowAsync(body, "flow_device_code", FlowDesignation.StageConfiguration, id => brand.FlowDeviceCodeId = id, cancel);
        if (body.TryNullableId("default_application", out var application)
            && !body.Refuses(
                "default_application", application is not null && !await context.Applications.AnyAsync(known => known.Id == application, cancel),
                $"There is no application \"{application}\"."))
        {
            brand.DefaultApplicationId = application;
        }

        if (body.TryObject("attributes", out var attributes))
        {
            brand.Attributes = attributes;
        }
    }

    private async Task ApplyDomainAsync(JsonBody body, Brand brand, CancellationToken cancel)
    {
        if (body.TryText("domain", out var domain, max: 253)
            && !body.Refuses(
                "domain", await context.Brands.AnyAsync(other => other.Domain == domain && other.Id != brand.Id, cancel), "Another brand has this domain."))
        {
            brand.Domain = domain;
        }

        if (body.TryFlag("default", out var isDefault))
        {
            body.Refuses("default", isDefault != brand.IsDefault, "Which brand is the default cannot be changed.");
        }
    }

    private static void ApplyLooks(JsonBody body, Brand brand)
    {
        if (body.TryText("branding_title", out var title, MaxText))
        {
            brand.BrandingTitle = title;
        }

        // Blank: the product's own.
        if (body.TryText("branding_logo", out var logo, MaxImage, blank: true))
        {
            brand.BrandingLogo = logo;
        }

        if (body.TryText("branding_favicon", out var favicon, MaxImage, blank: true))
        {
            brand.BrandingFavicon = favicon;
        }

        if (body.TryText("branding_default_flow_background", out var background, MaxImage, blank: true))
        {
            brand.BrandingDefaultFlowBackground = background;
        }

        // It stands inside a style element, which the first "</" would end.
        if (body.TryLines("branding_custom_css", out var css)
            && !body.Refuses("branding_custom_css", css.Contains("</", StringComparison.Ordinal), "\"</\" is not allowed in a style sheet."))
        {
            brand.BrandingCustomCss = css;
        }
    }

    private async Task ApplyFlowAsync(JsonBody body, string field, FlowDesignation designation, Action<Guid?> set, CancellationToken cancel)
    {
        if (body.TryNullableId(field, out var id) && (id is not { } flow || await flows.IsAsync(body, field, flow, designation, cancel)))
        {
            set(id);
        }
    }
}
