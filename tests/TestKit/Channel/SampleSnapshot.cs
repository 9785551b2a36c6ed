using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.TestKit.Channel;

/// <summary>One application, <c>https://wiki.example</c>, open to everybody who is signed in.</summary>
public static class SampleSnapshot
{
    public const string ClientId = "b3d0c8f1";

    public static Snapshot Of(FakeControlPlane plane) => new()
    {
        Installation = plane.Installation,
        Epoch = plane.Epoch,
        Revision = 0,
        ChangeNumber = 0,
        BuiltAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        Outpost = new OutpostRecord { Id = plane.OutpostId, Name = "test outpost", PublicUrl = "https://auth.example/" },
        Applications = [Application()],
        Groups = [],
        TicketKeys = [EcKeys.Publish(plane.TicketKey)],
        Brand = new BrandRecord { Title = "Example" },
    };

    public static ApplicationRecord Application() => new()
    {
        Id = Guid.NewGuid(),
        Name = "Wiki",
        Slug = "wiki",
        Bindings = [],
        Provider = new ProviderRecord
        {
            Id = 1,
            Name = "Wiki",
            ClientId = ClientId,
            Mode = ProviderMode.Single,
            ExternalHost = "https://wiki.example",
            AuthorizationUrl = "https://auth.example/application/o/authorize/",
            EndSessionUrl = "https://auth.example/application/o/wiki/end-session/",
            Issuer = "https://auth.example/application/o/wiki/",
            JwksUrl = "https://auth.example/application/o/wiki/jwks/",
        },
    };
}
