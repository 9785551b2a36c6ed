namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Refuses options that the chosen release does not have, as Traefik refuses a field that it does not know.</summary>
internal static class ForwardAuthOptionsCheck
{
    public static void Check(ForwardAuthOptions options, TraefikFeatures features)
    {
        Need(features.IsV3, options.AddAuthCookiesToResponse.Count > 0, "addAuthCookiesToResponse", features);
        Need(features.HasHeaderField, options.HeaderField.Length > 0, "headerField", features);
        Need(features.HasForwardBody, options.ForwardBody, "forwardBody", features);
        Need(features.HasForwardBody, options.MaxBodySize >= 0, "maxBodySize", features);
        Need(features.HasForwardBody, options.PreserveLocationHeader, "preserveLocationHeader", features);
        Need(features.HasPreserveRequestMethod, options.PreserveRequestMethod, "preserveRequestMethod", features);
        Need(features.HasMaxResponseBodySize, options.MaxResponseBodySize is not null, "maxResponseBodySize", features);
        Need(features.HasAuthSigninUrl, options.AuthSigninUrl.Length > 0, "authSigninURL", features);
        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new EdgeConfigurationException($"address of forwardAuth '{options.Name}' must be an http or https URL: '{options.Address}'");
        }
    }

    private static void Need(bool has, bool used, string option, TraefikFeatures features)
    {
        if (used && !has)
        {
            throw new EdgeConfigurationException($"forwardAuth has no option {option} in {features.Profile}");
        }
    }
}
