using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What a request may set on a flow.</summary>
internal static class FlowFields
{
    private const int MaxText = 1024;

    public static void Apply(JsonBody body, Flow flow)
    {
        body.Require("name", "slug", "title", "designation");
        body.Ignore(
            "pk", "policybindingmodel_ptr_id", "background_url", "background_themed_urls", "stages", "policies", "cache_count", "export_url");
        ApplyFixed(body, flow);
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
    private static void ApplyFixed(JsonBody body, Flow flow)
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
