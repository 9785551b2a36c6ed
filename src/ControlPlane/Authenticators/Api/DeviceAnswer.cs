namespace Sidecar.ControlPlane.Authenticators.Api;

/// <summary>The schema's <c>Device</c>: what all classes have.</summary>
internal sealed record DeviceAnswer
{
    public required string VerboseName { get; init; }

    public required string VerboseNamePlural { get; init; }

    public required string MetaModelName { get; init; }

    public required string Pk { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>What is not confirmed is not stored.</summary>
    public bool Confirmed { get; } = true;

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset LastUpdated { get; init; }

    public required DateTimeOffset? LastUsed { get; init; }

    public string? ExtraDescription { get; init; }

    public string? ExternalId { get; init; }

    public static DeviceAnswer Of(AuthenticatorDevice device)
    {
        var (name, model) = device.Class switch
        {
            DeviceClass.Totp => ("TOTP Device", "TOTPDevice"),
            DeviceClass.Static => ("Static Device", "StaticDevice"),
            _ => ("WebAuthn Device", "WebAuthnDevice"),
        };
        var app = $"authentik_stages_authenticator_{device.Class}";
        return new DeviceAnswer
        {
            VerboseName = name,
            VerboseNamePlural = name + "s",
            MetaModelName = $"{app}.{model.ToLowerInvariant()}",
            Pk = device.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = device.Name,
            Type = $"{app}.{model}",
            Created = device.CreatedAt,
            LastUpdated = device.UpdatedAt,
            LastUsed = device.LastUsedAt,
        };
    }
}
