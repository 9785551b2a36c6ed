namespace Sidecar.ControlPlane.Server;

internal static class HostBuilders
{
    /// <summary>No settings files are read, and none watched: from / that would be a watch on every folder of the container.</summary>
    public static WebApplicationBuilder Create() => WebApplication.CreateSlimBuilder(new WebApplicationOptions
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false"],
        ContentRootPath = AppContext.BaseDirectory,
    });
}
