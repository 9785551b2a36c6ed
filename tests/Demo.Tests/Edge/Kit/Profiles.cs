using Sidecar.Demo.Edge;

namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>The releases that a case holds for.</summary>
internal static class Profiles
{
    public static IReadOnlyList<TraefikProfile> Traefik { get; } =
        [.. Enum.GetValues<TraefikProfile>().Where(profile => profile != TraefikProfile.IngressNginx)];

    /// <summary>Those that have the feature of this name; every one for an empty name.</summary>
    public static IEnumerable<TraefikProfile> With(string feature) => Traefik.Where(profile => Has(profile, feature));

    public static bool Has(TraefikProfile profile, string feature) =>
        feature.Length == 0 || (bool)typeof(TraefikFeatures).GetProperty(feature)!.GetValue(TraefikFeatures.For(profile))!;

    public static TheoryData<string> NamesWith(string feature) => [.. With(feature).Select(profile => profile.ToString())];
}
