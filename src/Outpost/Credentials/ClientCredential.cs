namespace Sidecar.Outpost.Credentials;

/// <summary>What a client sent in <c>Authorization</c>. A null user name: a bearer token.</summary>
internal readonly record struct ClientCredential(string? Username, string Secret)
{
    // A record prints its members; a log line must not.
    public override string ToString() => "ClientCredential";
}
