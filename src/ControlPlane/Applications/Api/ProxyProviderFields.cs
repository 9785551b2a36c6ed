using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>What a request may set on a proxy provider.</summary>
internal sealed class ProxyProviderFields(ControlPlaneContext context, FlowChoice flows, HostClaims hosts)
{
    private const int MaxText = 1024;

    public async Task ApplyAsync(JsonBody body, ProxyProvider provider, CancellationToken cancel)
    {
        body.Require("name", "authorization_flow", "invalidation_flow", "external_host");
        body.Ignore(
            "pk", "client_id", "component", "verbose_name", "verbose_name_plural", "meta_model_name", "redirect_uris", "outpost_set",
            "assigned_application_slug", "assigned_application_name", "assigned_backchannel_application_slug", "assigned_backchannel_application_name");
        body.OnlyEmpty("property_mappings", "Property mappings are not offered; send an empty list.");
        body.OnlyEmpty("certificate", "The outpost has certificates of its own; send null.");
        body.OnlyEmpty("jwt_federation_sources", "Federated tokens are not accepted; send an empty list.");
        body.OnlyEmpty("jwt_federation_providers", "Federated tokens are not accepted; send an empty list.");
        await ApplyNameAsync(body, provider, cancel);
        await ApplyFlowsAsync(body, provider, cancel);
        ProxyProviderHosts.Apply(body, provider);
        ApplySignIn(body, provider);
        ApplyBasic(body, provider);
        ProxyProviderIdentity.Apply(body, provider);
        await hosts.CheckAsync(body, provider, cancel);
    }

    private async Task ApplyNameAsync(JsonBody body, ProxyProvider provider, CancellationToken cancel)
    {
        if (body.TryText("name", out var name, MaxText)
            && !body.Refuses(
                "name", await context.Providers.AnyAsync(other => other.Name == name && other.Id != provider.Id, cancel), "Another provider has this name."))
        {
            provider.Name = name;
        }
    }

    private async Task ApplyFlowsAsync(JsonBody body, ProxyProvider provider, CancellationToken cancel)
    {
        if (body.TryId("authorization_flow", out var authorization)
            && await flows.IsAsync(body, "authorization_flow", authorization, FlowDesignation.Authorization, cancel))
        {
            provider.AuthorizationFlowId = authorization;
        }

        if (body.TryId("invalidation_flow", out var invalidation)
            && await flows.IsAsync(body, "invalidation_flow", invalidation, FlowDesignation.Invalidation, cancel))
        {
            provider.InvalidationFlowId = invalidation;
        }

        if (body.TryNullableId("authentication_flow", out var authentication)
            && (authentication is not { } id || await flows.IsAsync(body, "authentication_flow", id, FlowDesignation.Authentication, cancel)))
        {
            provider.AuthenticationFlowId = authentication;
        }
    }

    private static void ApplySignIn(JsonBody body, ProxyProvider provider)
    {
        if (body.TryFlag("intercept_header_auth", out var intercept))
        {
            provider.InterceptHeaderAuth = intercept;
        }

        if (body.TryFlag("internal_host_ssl_validation", out var validate))
        {
            provider.InternalHostSslValidation = validate;
        }

        if (body.TryDuration("access_token_validity", out var access))
        {
            provider.AccessTokenValidity = access;
        }

        if (body.TryDuration("refresh_token_validity", out var refresh))
        {
            provider.RefreshTokenValidity = refresh;
        }
    }

    private static void ApplyBasic(JsonBody body, ProxyProvider provider)
    {
        if (body.TryFlag("basic_auth_enabled", out var enabled))
        {
            provider.BasicAuthEnabled = enabled;
        }

        if (body.TryText("basic_auth_user_attribute", out var user, MaxText, blank: true))
        {
            provider.BasicAuthUserAttribute = user;
        }

        if (body.TryText("basic_auth_password_attribute", out var password, MaxText, blank: true))
        {
            provider.BasicAuthPasswordAttribute = password;
        }

        var incomplete = provider.BasicAuthEnabled && (provider.BasicAuthUserAttribute.Length == 0 || provider.BasicAuthPasswordAttribute.Length == 0);
        body.Refuses("basic_auth_enabled", incomplete, "User and password attributes must be set when basic auth is enabled.");
    }
}
