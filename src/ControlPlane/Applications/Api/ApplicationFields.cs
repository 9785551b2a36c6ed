using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.OpenId;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>What a request may set on an application.</summary>
internal sealed class ApplicationFields(ControlPlaneContext context)
{
    private const int MaxText = 1024;

    // As authentik's: hides the application from the library.
    private const string NoLaunch = "blank://blank";

    public async Task ApplyAsync(JsonBody body, Application application, CancellationToken cancel)
    {
        body.Require("name", "slug");
        body.Ignore("pk", "pbm_uuid", "provider_obj", "backchannel_providers_obj", "launch_url", "meta_icon_url", "meta_icon_themed_urls");
        body.OnlyEmpty("backchannel_providers", "Back-channel providers are not offered; send an empty list.");
        body.OnlyEmpty("meta_hide", $"Set meta_launch_url to {NoLaunch} to hide an application from the library.");
        await ApplySlugAsync(body, application, cancel);
        await ApplyProviderAsync(body, application, cancel);
        ApplyNames(body, application);
        ApplyLinks(body, application);
        if (body.TryChoice<BindingMode>("policy_engine_mode", out var mode))
        {
            application.PolicyEngineMode = mode;
        }

        if (body.TryFlag("open_in_new_tab", out var tab))
        {
            application.OpenInNewTab = tab;
        }
    }

    private async Task ApplySlugAsync(JsonBody body, Application application, CancellationToken cancel)
    {
        if (body.TrySlug("slug", out var slug, max: 80)
            && !body.Refuses("slug", OpenIdAddresses.IsShared(slug), $"{OpenIdAddresses.Root}{slug}/ is an address that all applications share; choose another slug.")
            && !body.Refuses(
                "slug", await context.Applications.AnyAsync(other => other.Slug == slug && other.Id != application.Id, cancel), "Another application has this slug."))
        {
            application.Slug = slug;
        }
    }

    private async Task ApplyProviderAsync(JsonBody body, Application application, CancellationToken cancel)
    {
        if (!body.TryNullableNumber("provider", out var provider))
        {
            return;
        }

        var other = await context.Applications.Where(taken => provider != null && taken.ProviderId == provider && taken.Id != application.Id)
            .Select(taken => taken.Name).FirstOrDefaultAsync(cancel);
        var unknown = provider is not null && !await context.Providers.AnyAsync(known => known.Id == provider, cancel);
        if (!body.Refuses("provider", unknown, $"There is no provider {provider}.")
            && !body.Refuses("provider", other is not null, $"This provider belongs to the application \"{other}\"; make another one, or take it away there first."))
        {
            application.ProviderId = provider;
        }
    }

    private static void ApplyNames(JsonBody body, Application application)
    {
        if (body.TryText("name", out var name, MaxText))
        {
            application.Name = name;
        }

        if (body.TryText("group", out var group, MaxText, blank: true))
        {
            application.Group = group;
        }

        if (body.TryLines("meta_description", out var description))
        {
            application.MetaDescription = description;
        }

        if (body.TryText("meta_publisher", out var publisher, MaxText, blank: true))
        {
            application.MetaPublisher = publisher;
        }
    }

    private static void ApplyLinks(JsonBody body, Application application)
    {
        if (body.TryText("meta_launch_url", out var launch, MaxText, blank: true)
            && !body.Refuses("meta_launch_url", launch.Length > 0 && launch != NoLaunch && !IsWebAddress(launch), "Must be an http or https address."))
        {
            application.MetaLaunchUrl = launch;
        }

        if (body.TryText("meta_icon", out var icon, MaxText, blank: true)
            && !body.Refuses(
                "meta_icon", icon.Length > 0 && !IsWebAddress(icon) && !icon.StartsWith("fa://", StringComparison.Ordinal) && !IsOwnPath(icon),
                "Must be an http or https address, a path that starts with one '/', or fa:// and the name of an icon."))
        {
            application.MetaIcon = icon;
        }
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsOwnPath(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal);
}
