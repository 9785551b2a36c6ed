using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.TestKit.Channel;

/// <summary>
/// The control plane's side of the channel, on a real port, with its data in memory. Tests change the data and break the channel; what an outpost
/// does then is what is tested.
/// </summary>
public sealed class FakeControlPlane : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, Principal> _principals = new();
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly List<Change> _changes = [];
    private readonly Lock _lock = new();
    private WebApplication? _app;
    private CancellationTokenSource _cut = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;

    private FakeControlPlane()
    {
        SnapshotKeys.Add(new EndorsedKey { Key = EcKeys.Publish(SnapshotKey) });
    }

    public string Token { get; set; } = "token-of-the-outpost-under-test-0123456789";

    public Guid Installation { get; set; } = Guid.NewGuid();

    public string Epoch { get; set; } = "epoch-1";

    public Guid OutpostId { get; } = Guid.NewGuid();

    /// <summary>Signs the next snapshot.</summary>
    public ECDsa SnapshotKey { get; set; } = EcKeys.Create();

    public IList<EndorsedKey> SnapshotKeys { get; } = [];

    public ECDsa TicketKey { get; } = EcKeys.Create();

    public Snapshot? Snapshot { get; private set; }

    /// <summary>Sent as they are: a test may put anything here.</summary>
    public byte[]? Document { get; set; }

    public SecretsDocument Secrets { get; set; } = new() { Providers = [] };

    public IDictionary<Guid, Principal> Principals => _principals;

    public ConcurrentQueue<OutpostReport> Reports { get; } = new();

    public ConcurrentQueue<OutpostRegistration> Registrations { get; } = new();

    public ConcurrentQueue<Guid> EndedSessions { get; } = new();

    /// <summary>The oldest change that is still told; older ones are a reset.</summary>
    public long OldestKept { get; set; }

    /// <summary>Sends the document whatever the outpost says it has.</summary>
    public bool ForgetsTags { get; set; }

    public bool RefusesStreams { get; set; }

    /// <summary>Streams stay open and say nothing, not even a heartbeat.</summary>
    public bool IsSilent { get; set; }

    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Held until it completes.</summary>
    public Task PrincipalGate { get; set; } = Task.CompletedTask;

    public TimeSpan ClockOffset { get; set; }

    /// <summary>Answers every request in place of the channel, when set.</summary>
    public RequestDelegate? Instead { get; set; }

    /// <summary>The token endpoint.</summary>
    public RequestDelegate? OnToken { get; set; }

    public Func<CredentialCheck, CredentialAnswer?>? OnCredentialCheck { get; set; }

    public Uri Address { get; private set; } = null!;

    public long Newest => Volatile.Read(ref _number);

    public int CountOf(string route) => _requests.GetValueOrDefault(route);

    /// <summary>Of the route and of what lies below it.</summary>
    public int CountBelow(string route) => _requests.Where(asked => asked.Key.StartsWith(route, StringComparison.Ordinal)).Sum(asked => asked.Value);

    /// <param name="socket">Path of a Unix socket; without it, a free port of loopback.</param>
    public static async Task<FakeControlPlane> StartAsync(string? socket = null)
    {
        var plane = new FakeControlPlane();
        await plane.ListenAsync(socket is null ? "http://127.0.0.1:0" : $"http://unix:{socket}");
        return plane;
    }

    /// <summary>Stops listening; the data stays.</summary>
    public async Task StopAsync()
    {
        CutStreams();
        await _app!.DisposeAsync();
    }

    /// <summary>Listens again, on the port that it had.</summary>
    public Task RestartAsync() => ListenAsync(Address.ToString().TrimEnd('/'));

    /// <summary>Signs it with the next revision of the epoch, and announces it.</summary>
    public Snapshot Publish(Func<Snapshot, Snapshot>? change = null)
    {
        var before = Snapshot ?? SampleSnapshot.Of(this);
        var next = (change is null ? before : change(before)) with
        {
            Installation = Installation,
            Epoch = Epoch,
            Revision = before.Revision + 1,
            ChangeNumber = Newest + 1,
        };
        Snapshot = next;
        Document = SnapshotDocument.Write(next, SnapshotKey);
        Announce(new Change { Number = 0, Kind = ChangeKind.Snapshot, Revision = next.Revision, Epoch = Epoch });
        return next;
    }

    /// <summary>Announces whatever is in <see cref="Document"/>.</summary>
    public void AnnounceDocument() => Announce(new Change { Number = 0, Kind = ChangeKind.Snapshot, Revision = 0, Epoch = Epoch });

    public void AnnounceSecrets() => Announce(new Change { Number = 0, Kind = ChangeKind.Secrets });

    /// <summary>Stores it with the number of a new change as its revision, and announces that.</summary>
    public Principal Put(Principal principal)
    {
        lock (_lock)
        {
            var stored = principal with { Revision = _number + 1 };
            _principals[stored.Id] = stored;
            Announce(new Change { Number = 0, Kind = ChangeKind.Principal, Principal = stored.Id });
            return stored;
        }
    }

    public void Remove(Guid principal)
    {
        _principals.TryRemove(principal, out _);
        Announce(new Change { Number = 0, Kind = ChangeKind.Principal, Principal = principal });
    }

    /// <summary>A database restored from a backup: another epoch, and numbers that start anew.</summary>
    public void Restore(string epoch)
    {
        BeginEpoch(epoch);
        Publish();
        CutStreams();
    }

    /// <summary>As <see cref="Restore"/>, before a snapshot of the new epoch is built.</summary>
    /// <param name="document">What is sent in its place; null: none.</param>
    public void RestoreWithoutSnapshot(string epoch, byte[]? document)
    {
        BeginEpoch(epoch);
        (Document, ForgetsTags) = (document, true);
        CutStreams();
    }

    /// <summary>A database restored from a backup that nobody has noticed yet: the epoch that it had, and numbers that start anew.</summary>
    public void GoBack(params IReadOnlyList<Principal> principals)
    {
        lock (_lock)
        {
            _changes.Clear();
            _number = 1;
            foreach (var principal in principals)
            {
                _principals[principal.Id] = principal with { Revision = 1 };
            }
        }
    }

    /// <summary>Ends every open stream at once.</summary>
    public void CutStreams()
    {
        var cut = Interlocked.Exchange(ref _cut, new CancellationTokenSource());
        cut.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        SnapshotKey.Dispose();
        TicketKey.Dispose();
    }

    private void BeginEpoch(string epoch)
    {
        lock (_lock)
        {
            Epoch = epoch;
            _changes.Clear();
            _number = 0;
            foreach (var principal in _principals.Values)
            {
                _principals[principal.Id] = principal with { Revision = 1 };
            }

            Snapshot = Snapshot! with { Epoch = epoch, Revision = 0 };
        }
    }

    private void Announce(Change change)
    {
        lock (_lock)
        {
            _changes.Add(change with { Number = ++_number });
            var news = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            news.SetResult();
        }
    }

    private async Task ListenAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        if (Address is null && Uri.TryCreate(_app.Urls.First() + "/", UriKind.Absolute, out var bound))
        {
            Address = bound;
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        var route = context.Request.Path.Value!.TrimStart('/');
        _requests.AddOrUpdate(route, 1, static (_, count) => count + 1);
        if (Instead is { } instead)
        {
            return instead(context);
        }

        if (route == ChannelRoutes.Token)
        {
            return OnToken?.Invoke(context) ?? NotFound(context);
        }

        context.Response.Headers[ChannelRoutes.TimeHeader] = Now().ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        }

        return Dispatch(context, route);
    }

    private Task Dispatch(HttpContext context, string route) => (context.Request.Method, route) switch
    {
        ("GET", ChannelRoutes.Trust) => Json(context, TrustJson()),
        ("PUT", ChannelRoutes.Registration) => ReadAsync(context, ContractsJson.Default.OutpostRegistration, Registrations.Enqueue),
        ("POST", ChannelRoutes.Report) => ReadAsync(context, ContractsJson.Default.OutpostReport, Reports.Enqueue),
        ("GET", ChannelRoutes.Snapshot) => SendSnapshotAsync(context),
        ("GET", ChannelRoutes.Secrets) => Json(context, JsonSerializer.SerializeToUtf8Bytes(Secrets, ContractsJson.Default.SecretsDocument)),
        ("POST", ChannelRoutes.PrincipalRevisions) => SendRevisionsAsync(context),
        ("GET", ChannelRoutes.Stream) => StreamAsync(context),
        ("GET", ChannelRoutes.Changes) => Json(context, BatchJson(long.Parse(context.Request.Query["after"]!, System.Globalization.CultureInfo.InvariantCulture), context.Request.Query["epoch"]!)),
        ("POST", ChannelRoutes.Credentials) => CheckAsync(context),
        ("DELETE", _) when route.StartsWith(ChannelRoutes.Sessions, StringComparison.Ordinal) => EndSession(context, Guid.Parse(route[(ChannelRoutes.Sessions.Length + 1)..])),
        ("GET", _) when route.StartsWith(ChannelRoutes.Principals, StringComparison.Ordinal) => SendPrincipalAsync(context, Guid.Parse(route[(ChannelRoutes.Principals.Length + 1)..])),
        _ => NotFound(context),
    };

    private byte[] TrustJson() => JsonSerializer.SerializeToUtf8Bytes(
        new TrustDocument
        {
            Product = TrustDocument.ProductName,
            Installation = Installation,
            Epoch = Epoch,
            OutpostId = OutpostId,
            OutpostName = "test outpost",
            SnapshotKeys = [.. SnapshotKeys],
            Newest = Newest,
            Time = Now(),
        },
        ContractsJson.Default.TrustDocument);

    private Task SendSnapshotAsync(HttpContext context)
    {
        if (Document is not { } document)
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        }

        var tag = $"\"{Snapshot?.Epoch}.{Snapshot?.Revision}\"";
        if (context.Request.Headers.IfNoneMatch == tag && Snapshot is not null && !ForgetsTags)
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        context.Response.Headers.ETag = tag;
        context.Response.ContentType = "application/octet-stream";
        return context.Response.Body.WriteAsync(document).AsTask();
    }

    private async Task SendPrincipalAsync(HttpContext context, Guid id)
    {
        var found = _principals.GetValueOrDefault(id);
        await PrincipalGate;
        await (found is null ? NotFound(context) : Json(context, JsonSerializer.SerializeToUtf8Bytes(found, ContractsJson.Default.Principal)));
    }

    private async Task SendRevisionsAsync(HttpContext context)
    {
        var asked = (await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJson.Default.PrincipalRevisionsRequest))!;
        var held = asked.Ids.Where(_principals.ContainsKey).ToDictionary(id => id, id => _principals[id].Revision);
        await Json(context, JsonSerializer.SerializeToUtf8Bytes(new PrincipalRevisions { Revisions = held }, ContractsJson.Default.PrincipalRevisions));
    }

    private async Task CheckAsync(HttpContext context)
    {
        var check = (await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJson.Default.CredentialCheck))!;
        await (OnCredentialCheck?.Invoke(check) is { } answer
            ? Json(context, JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJson.Default.CredentialAnswer))
            : NotFound(context));
    }

    private Task EndSession(HttpContext context, Guid sid)
    {
        EndedSessions.Enqueue(sid);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (RefusesStreams)
        {
            context.Response.StatusCode = 503;
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _cut.Token);
        var after = long.Parse(context.Request.Headers["Last-Event-ID"]!, System.Globalization.CultureInfo.InvariantCulture);
        var epoch = context.Request.Query["epoch"].ToString();
        context.Response.ContentType = "text/event-stream";
        try
        {
            await context.Response.StartAsync(ending.Token);
            while (true)
            {
                var news = NewsTask();
                if (!IsSilent)
                {
                    var beat = new Heartbeat { Epoch = Epoch, Newest = Newest, Time = Now() };
                    if (Newest != after || epoch != Epoch)
                    {
                        var batch = BatchJson(after, epoch);
                        after = Newest;
                        epoch = Epoch;
                        await SendAsync(context, "changes", batch, after, ending.Token);
                    }

                    await SendAsync(context, "heartbeat", JsonSerializer.SerializeToUtf8Bytes(beat, ContractsJson.Default.Heartbeat), null, ending.Token);
                }

                await Task.WhenAny(news, Task.Delay(HeartbeatEvery, ending.Token));
                ending.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private Task NewsTask()
    {
        lock (_lock)
        {
            return _news.Task;
        }
    }

    private byte[] BatchJson(long after, string epoch)
    {
        lock (_lock)
        {
            if (epoch == Epoch && after > _number)
            {
                Epoch = "after " + Epoch;
                Snapshot = Snapshot! with { Epoch = Epoch };
                Document = SnapshotDocument.Write(Snapshot, SnapshotKey);
            }

            var reset = epoch != Epoch || after < OldestKept;
            var batch = new ChangeBatch
            {
                Epoch = Epoch,
                Newest = _number,
                Time = Now(),
                Reset = reset,
                Changes = reset ? [] : [.. _changes.Where(change => change.Number > after)],
            };
            return JsonSerializer.SerializeToUtf8Bytes(batch, ContractsJson.Default.ChangeBatch);
        }
    }

    private static async Task SendAsync(HttpContext context, string type, byte[] data, long? id, CancellationToken cancel)
    {
        var text = $"event: {type}\n{(id is null ? "" : $"id: {id}\n")}data: {System.Text.Encoding.UTF8.GetString(data)}\n\n";
        await context.Response.WriteAsync(text, cancel);
        await context.Response.Body.FlushAsync(cancel);
    }

    private static async Task ReadAsync<T>(HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Action<T> take)
    {
        take((await JsonSerializer.DeserializeAsync(context.Request.Body, type))!);
        context.Response.StatusCode = 204;
    }

    private static Task Json(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(json).AsTask();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private long Now() => (TimeProvider.System.GetUtcNow() + ClockOffset).ToUnixTimeMilliseconds();
}
