using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests;

/// <summary>Short ways to say what a test is about; everything else is valid and uninteresting.</summary>
internal static class Given
{
    public static readonly Guid Ana = Id(0xA1);

    /// <summary>A UUID that tests can tell apart.</summary>
    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static CompiledSnapshot Compiled(params IReadOnlyList<ApplicationRecord> applications) => Compiled([], applications);

    public static CompiledSnapshot Compiled(IReadOnlyList<GroupRecord> groups, params IReadOnlyList<ApplicationRecord> applications)
    {
        var compiled = CompiledSnapshot.TryCompile(Snapshot(groups, applications), out var problem);
        Assert.Null(problem);
        return compiled!;
    }

    public static Snapshot Snapshot(IReadOnlyList<GroupRecord> groups, IReadOnlyList<ApplicationRecord> applications) => new()
    {
        Installation = Id(1),
        Epoch = "e",
        Revision = 1,
        ChangeNumber = 1,
        BuiltAt = 1_795_500_000,
        Outpost = new OutpostRecord { Id = Id(2), Name = "edge", PublicUrl = "https://auth.example/" },
        Applications = applications,
        Groups = groups,
        TicketKeys = [],
        Brand = new BrandRecord { Title = "Example" },
    };

    public static ApplicationRecord App(
        string externalHost = "https://wiki.example", string? domain = null, BindingMode mode = BindingMode.Any, string[]? paths = null,
        params IReadOnlyList<BindingRecord> bindings) => new()
        {
            Id = Guid.NewGuid(),
            Name = externalHost,
            Slug = "app",
            Bindings = bindings,
            BindingMode = mode,
            Provider = Provider(externalHost, domain, paths ?? []),
        };

    public static GroupRecord Group(int id, params IReadOnlyList<int> parents) =>
        new() { Id = Id(id), Name = $"g{id}", Parents = [.. parents.Select(Id)] };

    public static BindingRecord Bind(BindingSubject subject, Guid id, int order = 0, bool negate = false, bool enabled = true, bool failure = false) =>
        new() { Order = order, Subject = subject, SubjectId = id, Negate = negate, Enabled = enabled, FailureResult = failure };

    public static Principal Person(bool active = true, params IReadOnlyList<int> groups) => new()
    {
        Id = Ana,
        Revision = 1,
        Uid = "uid",
        Username = "ana",
        Name = "Ana",
        Email = "ana@example.com",
        Active = active,
        Groups = [.. groups.Select(Id)],
        Sessions = [],
    };

    private static ProviderRecord Provider(string externalHost, string? domain, string[] paths) => new()
    {
        Id = 1,
        Name = "provider",
        ClientId = Guid.NewGuid().ToString("N"),
        Mode = domain is null ? ProviderMode.Single : ProviderMode.Domain,
        ExternalHost = externalHost,
        CookieDomain = domain ?? "",
        UnauthenticatedPaths = paths,
        AuthorizationUrl = "https://auth.example/application/o/authorize/",
        EndSessionUrl = "https://auth.example/application/o/wiki/end-session/",
        Issuer = "https://auth.example/application/o/wiki/",
        JwksUrl = "https://auth.example/application/o/wiki/jwks/",
    };
}
