using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Sidecar.ControlPlane.OpenId.IssuedTokens;

internal sealed partial class IssuedTokenStore
{
    public ValueTask<IssuedToken> InstantiateAsync(CancellationToken cancellationToken) => new(new IssuedToken());

    public ValueTask<string?> GetApplicationIdAsync(IssuedToken token, CancellationToken cancellationToken) =>
        new(token.ProviderId?.ToString(CultureInfo.InvariantCulture));

    public ValueTask<string?> GetAuthorizationIdAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.ChainId);

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.CreatedAt);

    public ValueTask<DateTimeOffset?> GetExpirationDateAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.ExpiresAt);

    public ValueTask<string?> GetIdAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.Id.ToString("D"));

    public ValueTask<string?> GetPayloadAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.Payload);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(IssuedToken token, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<string, JsonElement>.Empty);

    public ValueTask<DateTimeOffset?> GetRedemptionDateAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.RedeemedAt);

    public ValueTask<string?> GetReferenceIdAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.ReferenceId);

    public ValueTask<string?> GetStatusAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.Status);

    public ValueTask<string?> GetSubjectAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.Subject);

    public ValueTask<string?> GetTypeAsync(IssuedToken token, CancellationToken cancellationToken) => new(token.Type);

    public ValueTask SetApplicationIdAsync(IssuedToken token, string? identifier, CancellationToken cancellationToken) =>
        Set(() => token.ProviderId = ParseProvider(identifier));

    public ValueTask SetAuthorizationIdAsync(IssuedToken token, string? identifier, CancellationToken cancellationToken) =>
        Set(() => token.ChainId = identifier);

    public ValueTask SetCreationDateAsync(IssuedToken token, DateTimeOffset? date, CancellationToken cancellationToken) =>
        Set(() => token.CreatedAt = date);

    public ValueTask SetExpirationDateAsync(IssuedToken token, DateTimeOffset? date, CancellationToken cancellationToken) =>
        Set(() => token.ExpiresAt = date);

    public ValueTask SetPayloadAsync(IssuedToken token, string? payload, CancellationToken cancellationToken) => Set(() => token.Payload = payload);

    // OpenIddict sets none of its own; ours have columns.
    public ValueTask SetPropertiesAsync(
        IssuedToken token, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken) => default;

    public ValueTask SetRedemptionDateAsync(IssuedToken token, DateTimeOffset? date, CancellationToken cancellationToken) =>
        Set(() => token.RedeemedAt = date);

    public ValueTask SetReferenceIdAsync(IssuedToken token, string? identifier, CancellationToken cancellationToken) =>
        Set(() => token.ReferenceId = identifier);

    public ValueTask SetStatusAsync(IssuedToken token, string? status, CancellationToken cancellationToken) => Set(() => token.Status = status ?? "");

    public ValueTask SetSubjectAsync(IssuedToken token, string? subject, CancellationToken cancellationToken) => Set(() => token.Subject = subject ?? "");

    public ValueTask SetTypeAsync(IssuedToken token, string? type, CancellationToken cancellationToken) => Set(() => token.Type = type ?? "");

    private static ValueTask Set(Action set)
    {
        set();
        return default;
    }
}
