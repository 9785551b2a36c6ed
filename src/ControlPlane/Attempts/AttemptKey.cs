using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Names;

namespace Sidecar.ControlPlane.Attempts;

/// <summary>Under what an attempt is counted.</summary>
internal static class AttemptKey
{
    /// <summary>An account that exists: every name and spelling that leads to it counts together.</summary>
    public static string Of(User user) => $"account:{user.Id:N}";

    /// <summary>
    /// Codes of second factors. Counted apart from passwords: whoever knows the password could otherwise clear the count of guessed codes by signing in again.
    /// </summary>
    public static string OfCodes(Guid user) => $"codes:{user:N}";

    /// <summary>A name that leads nowhere is counted like an account, or its answers would tell that there is none. Hashed: people type passwords there.</summary>
    public static string OfUnknown(string name) =>
        "account:?" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LookupKey.Of(name))));

    /// <summary>Mails to an address, or for a name that leads nowhere. Hashed, so that both look alike.</summary>
    public static string OfMailsTo(string address) => "mails:?" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LookupKey.Of(address))));

    /// <summary>Mails that somebody at a client address caused.</summary>
    public static string OfMailsFrom(IPAddress? address) => "mails:" + Of(address);

    public static string Of(IPAddress? address) => "address:" + address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),

        // One customer has at least a /64: counting single addresses would count nothing.
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
