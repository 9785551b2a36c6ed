using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.TestKit.Snapshots;

/// <summary>A snapshot with what a test names and sensible values for the rest.</summary>
public sealed class SnapshotBuilder
{
    public static readonly Guid Installation = Guid.Parse("0197a3c0-0000-7000-8000-000000000001");

    private readonly List<ApplicationRecord> _applications = [];
    private readonly List<GroupRecord> _groups = [];
    private readonly List<PublicKeyRecord> _keys = [];
    private string _publicUrl = "https://auth.example/";
    private long _revision = 1;

    public SnapshotBuilder With(ApplicationRecord application)
    {
        _applications.Add(application);
        return this;
    }

    public SnapshotBuilder With(GroupRecord group)
    {
        _groups.Add(group);
        return this;
    }

    public SnapshotBuilder WithTicketKey(PublicKeyRecord key)
    {
        _keys.Add(key);
        return this;
    }

    public SnapshotBuilder WithPublicUrl(string publicUrl)
    {
        _publicUrl = publicUrl;
        return this;
    }

    public SnapshotBuilder WithRevision(long revision)
    {
        _revision = revision;
        return this;
    }

    public Snapshot Build() => new()
    {
        Installation = Installation,
        Epoch = "5f1c0a7e9d3b4826",
        Revision = _revision,
        ChangeNumber = _revision,
        BuiltAt = 1_795_500_000,
        Outpost = new OutpostRecord { Id = Guid.Parse("0197a3c0-0000-7000-8000-000000000002"), Name = "edge", PublicUrl = _publicUrl },
        Applications = [.. _applications],
        Groups = [.. _groups],
        TicketKeys = [.. _keys],
        Brand = new BrandRecord { Title = "Example & Sons" },
    };

    /// <summary>An application in single mode at <c>https://&lt;slug&gt;.example</c>, open to everybody who is signed in.</summary>
    public static ApplicationRecord Application(string slug, params BindingRecord[] bindings) => new()
    {
        Id = IdOf(slug),
        Name = slug,
        Slug = slug,
        Bindings = bindings,
        BindingMode = BindingMode.Any,
        Provider = Provider(slug),
    };

    /// <summary>An application for all hosts below <paramref name="domain"/>, whose own addresses are at <c>https://login.&lt;domain&gt;</c>.</summary>
    public static ApplicationRecord DomainApplication(string slug, string domain)
    {
        var application = Application(slug);
        return application with
        {
            Provider = application.Provider with { Mode = ProviderMode.Domain, CookieDomain = domain, ExternalHost = $"https://login.{domain}" },
        };
    }

    public static ProviderRecord Provider(string slug) => new()
    {
        Id = 3,
        Name = slug + " provider",
        ClientId = slug + "-client",
        Mode = ProviderMode.Single,
        ExternalHost = $"https://{slug}.example",
        AuthorizationUrl = "https://auth.example/application/o/authorize/",
        EndSessionUrl = $"https://auth.example/application/o/{slug}/end-session/",
        Issuer = $"https://auth.example/application/o/{slug}/",
        JwksUrl = $"https://auth.example/application/o/{slug}/jwks/",
    };

    public static BindingRecord ForGroup(GroupRecord group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new BindingRecord { Order = 0, Subject = BindingSubject.Group, SubjectId = group.Id, Enabled = true };
    }

    // The same id for the same name, so that two snapshots of a test speak of the same thing.
    private static Guid IdOf(string name) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
