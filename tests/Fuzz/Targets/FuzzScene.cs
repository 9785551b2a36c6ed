using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Contracts.Tickets;
using Sidecar.Outpost.Channel;

namespace Sidecar.Fuzz.Targets;

/// <summary>What the targets work on: the same key, people and application in every run, so that kept inputs stay valid.</summary>
internal static class FuzzScene
{
    public const string Host = "wiki.example";
    public const string ClientId = "wiki-client";
    public const long Now = 1_795_600_000;

    public static readonly Guid Installation = Guid.Parse("0197a3c0-0000-7000-8000-000000000001");
    public static readonly Guid Session = Guid.Parse("0197a3c0-0000-7000-8000-0000000000c1");

    public static readonly Guid[] Groups = [.. Enumerable.Range(0, 4).Select(number => new Guid(number + 1, 0, 0, new byte[8]))];

    public static readonly Principal Ana = new()
    {
        Id = Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1"),
        Revision = 1,
        Uid = "uid-of-ana",
        Username = "ana",
        Name = "Ana",
        Email = "ana@example.com",
        Active = true,
        Groups = [],
        Sessions = [Session],
    };

    /// <summary>Guards nothing: it only has to be the same each time.</summary>
    public static readonly ECDsa Key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = SHA256.HashData("sidecar fuzz"u8) });

    public static readonly PublicKeyRecord PublicKey = EcKeys.Publish(Key);

    public static readonly TrustRecord Trust = new()
    {
        Installation = Installation,
        Epoch = "5f1c0a7e9d3b4826",
        OutpostId = Guid.Parse("0197a3c0-0000-7000-8000-000000000002"),
        OutpostName = "edge",
        SnapshotKeys = [PublicKey],
    };

    public static readonly string AnasTicket = Sign(
        $$"""{"alg":"ES256","typ":"{{Ticket.Type}}","kid":"{{PublicKey.Kid}}"}""",
        $$"""{"iss":"{{Ticket.IssuerOf(Installation)}}","aud":"{{ClientId}}","sub":"{{Ana.Id}}","sid":"{{Session}}","exp":{{Now + 3600}},"rev":1}""");

    public static Snapshot Snapshot(IReadOnlyList<string>? publicPaths = null, BindingMode mode = BindingMode.Any, params IReadOnlyList<BindingRecord> bindings) => new()
    {
        Installation = Installation,
        Epoch = Trust.Epoch,
        Revision = 1,
        ChangeNumber = 1,
        BuiltAt = Now,
        Outpost = new OutpostRecord { Id = Trust.OutpostId, Name = Trust.OutpostName, PublicUrl = "https://auth.example/" },
        Applications = [Application(publicPaths ?? ["^/public/"], mode, bindings)],
        Groups = [.. Groups.Select((id, number) => new GroupRecord { Id = id, Name = $"g{number}", Parents = number == 0 ? [] : [Groups[number - 1]] })],
        TicketKeys = [PublicKey],
        Brand = new BrandRecord { Title = "Example" },
    };

    /// <summary>A compact JWS of two texts, whatever they are.</summary>
    public static string Sign(string header, string payload)
    {
        var message = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{message}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA256))}";
    }

    private static ApplicationRecord Application(IReadOnlyList<string> publicPaths, BindingMode mode, IReadOnlyList<BindingRecord> bindings) => new()
    {
        Id = Guid.Parse("0197a3c0-0000-7000-8000-0000000000d1"),
        Name = "Wiki",
        Slug = "wiki",
        Bindings = bindings,
        BindingMode = mode,
        Provider = new ProviderRecord
        {
            Id = 3,
            Name = "wiki provider",
            ClientId = ClientId,
            Mode = ProviderMode.Single,
            ExternalHost = $"https://{Host}",
            UnauthenticatedPaths = publicPaths,
            AuthorizationUrl = "https://auth.example/application/o/authorize/",
            EndSessionUrl = "https://auth.example/application/o/wiki/end-session/",
            Issuer = "https://auth.example/application/o/wiki/",
            JwksUrl = "https://auth.example/application/o/wiki/jwks/",
        },
    };
}
