using System.Security.Cryptography;
using System.Text;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Contracts.Tests;

/// <summary>One value of every document, with every member set, and a key that anybody can make again.</summary>
internal static class Samples
{
    public static readonly Guid Ana = Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1");
    public static readonly Guid Staff = Guid.Parse("0197a3c0-0000-7000-8000-0000000000b1");

    // A private key in the open: golden files must be readable, and signable again, by everybody.
    public static ECDsa Key()
    {
        var scalar = SHA256.HashData(Encoding.ASCII.GetBytes("golden files of sidecar"));
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
    }

    public static Snapshot Snapshot() => new()
    {
        Installation = Guid.Parse("0197a3c0-0000-7000-8000-000000000001"),
        Epoch = "5f1c0a7e9d3b4826",
        Revision = 7,
        ChangeNumber = 41,
        BuiltAt = 1_795_500_000,
        Outpost = new OutpostRecord { Id = Guid.Parse("0197a3c0-0000-7000-8000-000000000002"), Name = "edge", PublicUrl = "https://auth.example/" },
        Applications = [Application()],
        Groups = [new GroupRecord { Id = Staff, Name = "Staff", Parents = [Guid.Parse("0197a3c0-0000-7000-8000-0000000000b2")] }],
        TicketKeys = [EcKeys.Publish(Key())],
        Brand = new BrandRecord { Title = "Example" },
    };

    public static Principal Principal() => new()
    {
        Id = Ana,
        Revision = 40,
        Uid = "9f86d081884c7d65",
        Username = "ana",
        Name = "Ana Müller",
        Email = "ana@example.com",
        Active = true,
        Groups = [Staff],
        Entitlements = new Dictionary<Guid, IReadOnlyList<string>> { [Guid.Parse("0197a3c0-0000-7000-8000-0000000000c1")] = ["read", "write"] },
        Attributes = new Dictionary<string, string> { ["nickname"] = "annie" },
        Sessions = [Guid.Parse("0197a3c0-0000-7000-8000-0000000000d1")],
        Credentials = [Guid.Parse("0197a3c0-0000-7000-8000-0000000000e1")],
    };

    private static ApplicationRecord Application() => new()
    {
        Id = Guid.Parse("0197a3c0-0000-7000-8000-0000000000c1"),
        Name = "Wiki",
        Slug = "wiki",
        Strict = true,
        BindingMode = BindingMode.Any,
        Bindings = [new BindingRecord { Order = 0, Subject = BindingSubject.Group, SubjectId = Staff, Enabled = true }],
        Provider = new ProviderRecord
        {
            Id = 3,
            Name = "Wiki ForwardAuth",
            ClientId = "b3d0c8f1",
            Mode = ProviderMode.Single,
            ExternalHost = "https://wiki.example",
            UnauthenticatedPaths = ["^/public/"],
            AuthorizationUrl = "https://auth.example/application/o/authorize/",
            EndSessionUrl = "https://auth.example/application/o/wiki/end-session/",
            Issuer = "https://auth.example/application/o/wiki/",
            JwksUrl = "https://auth.example/application/o/wiki/jwks/",
        },
    };
}
