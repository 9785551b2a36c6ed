using System.Reflection;

namespace Sidecar.Outpost.Hosting;

internal static class OutpostVersion
{
    public static readonly string Text =
        typeof(OutpostVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
