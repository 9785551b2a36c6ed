using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Sidecar.ControlPlane.OpenId.Clients;

// The rest of the interface: writes, and searches that nothing here needs. To be asked for one is a bug, not a case to handle.
internal sealed partial class OpenIdClientStore
{
    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<OpenIdClient>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw NotOffered();

    public ValueTask CreateAsync(OpenIdClient application, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask DeleteAsync(OpenIdClient application, CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<OpenIdClient> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<OpenIdClient> FindByRedirectUriAsync(string uri, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<OpenIdClient>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask<OpenIdClient> InstantiateAsync(CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<OpenIdClient> ListAsync(int? count, int? offset, CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<OpenIdClient>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetApplicationTypeAsync(OpenIdClient application, string? type, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetClientIdAsync(OpenIdClient application, string? identifier, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetClientSecretAsync(OpenIdClient application, string? secret, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetClientTypeAsync(OpenIdClient application, string? type, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetConsentTypeAsync(OpenIdClient application, string? type, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetDisplayNameAsync(OpenIdClient application, string? name, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetDisplayNamesAsync(
        OpenIdClient application, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetJsonWebKeySetAsync(OpenIdClient application, JsonWebKeySet? set, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetPermissionsAsync(OpenIdClient application, ImmutableArray<string> permissions, CancellationToken cancellationToken) =>
        throw NotOffered();

    public ValueTask SetPostLogoutRedirectUrisAsync(OpenIdClient application, ImmutableArray<string> uris, CancellationToken cancellationToken) =>
        throw NotOffered();

    public ValueTask SetPropertiesAsync(
        OpenIdClient application, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask SetRedirectUrisAsync(OpenIdClient application, ImmutableArray<string> uris, CancellationToken cancellationToken) =>
        throw NotOffered();

    public ValueTask SetRequirementsAsync(OpenIdClient application, ImmutableArray<string> requirements, CancellationToken cancellationToken) =>
        throw NotOffered();

    public ValueTask SetSettingsAsync(
        OpenIdClient application, ImmutableDictionary<string, string> settings, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask UpdateAsync(OpenIdClient application, CancellationToken cancellationToken) => throw NotOffered();

    private static NotSupportedException NotOffered() => new("OpenID clients are the providers: change or list those.");
}
