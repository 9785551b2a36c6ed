using Sidecar.Load.Drivers;

namespace Sidecar.Load.Report;

/// <summary>A server that is measured in turn with others, all under the same load.</summary>
/// <param name="Name">As the row says.</param>
/// <param name="Processes">Whose processor time and memory count.</param>
/// <param name="Address">What is asked for.</param>
/// <param name="Headers">Sent with each request.</param>
internal sealed record Contender(string Name, IReadOnlyList<int> Processes, Uri Address, IReadOnlyList<string> Headers)
{
    public double CpuMicroseconds => Processes.Sum(ProcessCost.CpuMicroseconds);

    public double Megabytes => Math.Round(Processes.Sum(ProcessCost.ResidentBytes) / 1e6, 1);

    public Task<Drive> DriveAsync(int connections, int seconds) => Address.Scheme == Uri.UriSchemeHttps
        ? H2load.RunAsync(Address, Headers, connections, seconds)
        : Wrk.RunAsync(Address, Headers, connections, seconds);
}
