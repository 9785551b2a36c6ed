using System.Diagnostics;
using System.Text.Json;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Mail;

/// <summary>A real mail server (npm's <c>smtp-server</c>) whose mailbox a test reads. It can be stopped and started again at the same port.</summary>
public sealed class MailboxServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<string> Installed = new(Install);

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-mailbox-").FullName;
    private readonly string _tls;
    private readonly string? _user;
    private readonly string? _password;
    private ServerProcess? _process;

    private MailboxServer(int port, string tls, string? user, string? password) => (Port, _tls, _user, _password) = (port, tls, user, password);

    public int Port { get; }

    /// <summary>What makes a control plane send here.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("AUTHENTIK_EMAIL__HOST", "127.0.0.1"),
        ("AUTHENTIK_EMAIL__PORT", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("AUTHENTIK_EMAIL__FROM", "Sidecar <sidecar@example.com>"),
    ];

    /// <param name="tls"><c>none</c>, <c>starttls</c> or <c>implicit</c>; with a certificate that nobody vouches for.</param>
    /// <param name="user">Who must sign in; null: nobody.</param>
    /// <param name="password">That user's.</param>
    public static async Task<MailboxServer> StartAsync(string tls = "none", string? user = null, string? password = null)
    {
        var server = Prepare(tls, user, password);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>One that does not listen yet.</summary>
    public static MailboxServer Prepare(string tls = "none", string? user = null, string? password = null) => new(FreePort.Next(), tls, user, password);

    public async Task StartAgainAsync()
    {
        var options = JsonSerializer.Serialize(new { port = Port, folder = _folder, tls = _tls, user = _user, password = _password });
        var script = Path.Combine(Installed.Value, "mailbox.mjs");
        _process = await ServerProcess.StartAsync(new ChildCommand(PathSearch.Find("node") ?? "node", script, options), Ready.WhenSaid("listening"));
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>What has arrived, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> Mails() =>
        [.. Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<ReceivedMail>(File.ReadAllText(file), Reading)!)];

    /// <summary>The newest of at least <paramref name="count"/> mails to that address; waits half a minute for them.</summary>
    public async Task<ReceivedMail> WaitForAsync(string address, int count = 1)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var mails = Mails().Where(mail => mail.Recipients.Contains(address)).ToList();
            if (mails.Count >= count)
            {
                return mails[^1];
            }

            if (waited.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException($"{mails.Count} mails for {address} after {waited.Elapsed}, not {count}");
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Install()
    {
        var sources = Path.Combine(Repository.Root, "tests", "TestKit", "Mail", "Server");
        var folder = Path.Combine(Repository.Root, "artifacts", "mailbox");
        Directory.CreateDirectory(folder);

        // Test projects may run side by side.
        using var alone = FileLock.Take(Path.Combine(folder, ".lock"));
        foreach (var file in new[] { "package.json", "package-lock.json", "mailbox.mjs" })
        {
            File.Copy(Path.Combine(sources, file), Path.Combine(folder, file), overwrite: true);
        }

        var pinned = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        var stamp = Path.Combine(folder, "installed");
        if (!File.Exists(stamp) || File.ReadAllText(stamp) != pinned)
        {
            NpmPackages.Install(folder);
            File.WriteAllText(stamp, pinned);
        }

        return folder;
    }
}
