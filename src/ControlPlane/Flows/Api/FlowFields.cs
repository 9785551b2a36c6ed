using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What a request may set on a flow.</summary>
internal static class FlowFields
{
    private const int MaxText = 1024;
    private const int MaxSlug = 80;

    /// <summary>A flow that a request describes; what it does not say is safe.</summary>
    public static async Task<Flow> NewAsync(JsonBody body, ControlPlaneContext context, CancellationToken cancel, Guid? id = null)
    {
        body.TryChoice<FlowDesignation>("designation", out var designation);
        if (body.TrySlug("slug", out var slug, MaxSlug)
            && !body.Refuses("slug", slug == SetUpGate.FlowSlug, "The flow of that name sets up the installation; there is one."))
        {
            body.Refuses("slug", await context.Flows.AnyAsync(other => other.Slug == slug, cancel), "Another flow has this slug.");
        }

        var flow = new Flow
        {
            Id = id ?? Guid.CreateVersion7(),
            Slug = slug,
            Name = "",
            Title = "",
            Designation = designation,
            Authentication = designation == FlowDesignation.StageConfiguration ? FlowAuthentication.RequireAuthenticated : FlowAuthentication.None,
        };
        Apply(body, flow);
        return flow;
    }

    public static void Change(JsonBody body, Flow flow)
    {
        RefuseFixed(body, flow);
        Apply(body, flow);
    }

    private static void Apply(JsonBody body, Flow flow)
    {
        body.Require("name", "slug", "title", "designation");
        body.Ignore(
            "pk", "policybindingmodel_ptr_id", "background_url", "background_themed_urls", "stages", "policies", "cache_count", "export_url");
        ApplyEntry(body, flow);
        if (body.TryText("name", out var name, MaxText))
        {
            flow.Name = name;
        }

        if (body.TryText("title", out var title, MaxText))
        {
            flow.Title = title;
        }

        if (body.TryText("background", out var background, MaxText, blank: true))
        {
            flow.Background = background;
        }

        if (body.TryChoice<FlowLayout>("layout", out var layout))
        {
            flow.Layout = layout;
        }

        if (body.TryFlag("compatibility_mode", out var compatible))
        {
            flow.CompatibilityMode = compatible;
        }
    }

    // Brands, providers and other programs know flows by these two.
    private static void RefuseFixed(JsonBody body, Flow flow)
    {
        if (body.TryText("slug", out var slug))
        {
            body.Refuses("slug", slug != flow.Slug, "The slug of a flow cannot be changed: other programs call it by that.");
        }

        if (body.TryChoice<FlowDesignation>("designation", out var designation))
        {
            body.Refuses("designation", designation != flow.Designation, "What a flow is made for cannot be changed.");
        }
    }

    private static void ApplyEntry(JsonBody body, Flow flow)
    {
        // Settings of an account behind a door without a lock: set-up alone is such a flow, and has a latch of its own.
        if (body.TryChoice<FlowAuthentication>("authentication", out var authentication)
            && !body.Refuses(
                "authentication",
                authentication == FlowAuthentication.None && flow.Authentication != FlowAuthentication.None && flow.Designation == FlowDesignation.StageConfiguration,
                "A flow that changes an account cannot be opened to strangers; use require_authenticated."))
        {
            flow.Authentication = authentication;
        }

        if (body.TryChoice<FlowDeniedAction>("denied_action", out var denied))
        {
            flow.DeniedAction = denied;
        }

        if (body.TryChoice<BindingMode>("policy_engine_mode", out var mode))
        {
            flow.PolicyEngineMode = mode;
        }
    }
}
