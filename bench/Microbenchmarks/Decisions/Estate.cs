using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;

namespace Sidecar.Microbenchmarks.Decisions;

/// <summary>
/// A big installation: 10,000 applications, every tenth in domain mode, ten bindings each; 10,000 groups in chains of twenty.
/// </summary>
internal static class Estate
{
    public const int Applications = 10_000;
    public const int Groups = 10_000;
    public const int ChainLength = 20;

    public static Snapshot Snapshot() => new()
    {
        Installation = Id(1),
        Epoch = "bench",
        Revision = 1,
        ChangeNumber = 1,
        BuiltAt = 0,
        Outpost = new OutpostRecord { Id = Id(2), Name = "bench", PublicUrl = "https://auth.example/" },
        Applications = [.. Enumerable.Range(0, Applications).Select(Application)],
        Groups = [.. Enumerable.Range(0, Groups).Select(Group)],
        TicketKeys = [],
        Brand = new BrandRecord { Title = "Bench" },
    };

    public static CompiledSnapshot Compiled() => CompiledSnapshot.TryCompile(Snapshot(), out _)!;

    /// <summary>A member of the last group of a chain, and through it of nineteen more, and of <paramref name="others"/> chains' ends.</summary>
    public static Principal Person(int chain, int others = 0) => new()
    {
        Id = Id(3),
        Revision = 1,
        Uid = "uid",
        Username = "ana",
        Name = "Ana",
        Email = "ana@example.com",
        Active = true,
        Groups = [.. Enumerable.Range(chain, 1 + others).Select(i => Id((i * ChainLength) + ChainLength - 1))],
        Sessions = [],
    };

    public static string HostOf(int application) => $"app{application}.example";

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static GroupRecord Group(int i) => new() { Id = Id(i), Name = $"group {i}", Parents = i % ChainLength == 0 ? [] : [Id(i - 1)] };

    // Application n is for the first group of chain n, or for all of nine users: in "any" mode the group is the last that is asked.
    private static ApplicationRecord Application(int i) => new()
    {
        Id = Id(i),
        Name = $"Application {i}",
        Slug = $"app{i}",
        BindingMode = i % 2 == 0 ? BindingMode.Any : BindingMode.All,
        Bindings = [.. Enumerable.Range(0, 10).Select(order => Binding(i, order))],
        Provider = Provider(i),
    };

    private static BindingRecord Binding(int application, int order) => new()
    {
        Order = order,
        Subject = order < 9 ? BindingSubject.User : BindingSubject.Group,
        SubjectId = order < 9 ? Id(1_000_000 + order) : Id(application / 2 % (Groups / ChainLength) * ChainLength),
        // In "all" mode everybody but these nine.
        Negate = order < 9 && application % 2 == 1,
        Enabled = true,
    };

    private static ProviderRecord Provider(int i) => new()
    {
        Id = i,
        Name = $"Provider {i}",
        ClientId = $"client{i}",
        Mode = i % 10 == 0 ? ProviderMode.Domain : ProviderMode.Single,
        ExternalHost = $"https://{HostOf(i)}",
        CookieDomain = i % 10 == 0 ? $"team{i}.example.com" : "",
        UnauthenticatedPaths = ["^/public/", @"^/favicon\.ico$", "/health$"],
        AuthorizationUrl = "https://auth.example/application/o/authorize/",
        EndSessionUrl = "https://auth.example/application/o/end-session/",
        Issuer = "https://auth.example/application/o/",
        JwksUrl = "https://auth.example/application/o/jwks/",
    };
}
