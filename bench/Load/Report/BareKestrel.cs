using System.Globalization;
using System.Text;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;

namespace Sidecar.Load.Report;

/// <summary>The program of <c>bench/BareKestrel</c>, which answers everything with the headers that the outpost gave to one question.</summary>
internal sealed class BareKestrel(ServerProcess process, int port, int securePort) : IAsyncDisposable
{
    public const string Name = "bare Kestrel AOT";

    public int ProcessId => process.Id;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    public Uri SecureAddress => new(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{securePort}/"));

    public static async Task<BareKestrel> StartAsync(ReportSite site, ForwardAuthQuestion question, string name)
    {
        var (port, securePort) = (FreePort.Next(), FreePort.Next());
        var command = new ChildCommand(Programs.BareKestrel, Text(port), await CaptureAsync(site, question, name), Text(securePort), site.Tls.Certificate, site.Tls.Key);
        return new BareKestrel(await ServerProcess.StartAsync(command, Ready.WhenListening(securePort)), port, securePort);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<string> CaptureAsync(ReportSite site, ForwardAuthQuestion question, string name)
    {
        var path = Path.Combine(site.Folder, name + ".answer");
        var answer = await question.AskAsync(site.Outpost.Address);
        string[] written = ["Date", "Content-Length", "Transfer-Encoding"];
        // The client reads each byte as one character; as such the bytes come back, and the other program sends the same.
        await File.WriteAllLinesAsync(
            path, answer.Headers.Where(header => !written.Contains(header.Key)).Select(header => $"{header.Key}: {header.Value[0]}"), Encoding.Latin1);
        return path;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
