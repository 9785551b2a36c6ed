using OpenIddict.Server;

namespace Sidecar.ControlPlane.OpenId.Clients;

/// <summary>The client that a request is about, kept for the handlers that come later.</summary>
internal static class TransactionClient
{
    private const string Key = "sidecar:client";

    public static void SetClient(this OpenIddictServerTransaction transaction, OpenIdClient client) => transaction.SetProperty(Key, client);

    public static OpenIdClient? FindClient(this OpenIddictServerTransaction transaction) => transaction.GetProperty<OpenIdClient>(Key);
}
