using System.Buffers.Text;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sidecar.Contracts.Channel;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Secrets;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Fuzz.Targets;

/// <summary>The whole request path of the outpost, without a server and without a start: nothing of it runs beside the input that is tried.</summary>
internal sealed class OutpostInHand
{
    private readonly OutpostDispatcher _dispatcher;
    private readonly EndedSessions _ended;

    public OutpostInHand()
    {
        var app = Build();
        app.Services.GetRequiredService<ContactClock>().Heard(FuzzScene.Now * 1000);
        app.Services.GetRequiredService<ServingHolder>().Swap(Serving());
        app.Services.GetRequiredService<PrincipalTable>().Apply(FuzzScene.Ana);
        _ended = app.Services.GetRequiredService<EndedSessions>();
        _dispatcher = app.Services.GetRequiredService<OutpostDispatcher>();
    }

    public HttpContext Ask(string method, string target, IHeaderDictionary headers)
    {
        // One input signs Ana out; the next must find her signed in.
        _ended.Clear();
        var context = new DefaultHttpContext();
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.Method = method;
        request.RawTarget = target;
        request.Scheme = "http";
        request.Path = "/";
        request.Headers = headers;
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Response.Body = new MemoryStream();
        _dispatcher.InvokeAsync(context).GetAwaiter().GetResult();
        return context;
    }

    private static WebApplication Build()
    {
        var anywhere = new IPEndPoint(IPAddress.Loopback, 0);
        var options = new OutpostOptions
        {
            Host = new Uri("http://control-plane.internal/"),
            Token = new string('t', 40),
            Http = anywhere,
            Https = anywhere,
            Metrics = anywhere,
            TrustedProxies = TrustedProxies.TryParse(TrustedProxies.Default, out _)!,
            // Beside the program: afl-fuzz kills it, and nobody would clean up elsewhere.
            DataFolder = Path.Combine(AppContext.BaseDirectory, "state", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        var away = new ControlPlaneAway();
        return OutpostHost.Build(options, new StoppedClock(), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IControlPlaneCalls>(away).AddSingleton<IPrincipalSource>(away);
        });
    }

    private static Serving Serving()
    {
        var secrets = new SecretsDocument
        {
            Providers = [new ProviderSecrets { ClientId = FuzzScene.ClientId, ClientSecret = "secret", SealingKeys = [Base64Url.EncodeToString(new byte[32])] }],
        };
        return new Serving(CompiledSnapshot.TryCompile(FuzzScene.Snapshot(), out _)!, FuzzScene.Trust, SecretsTable.TryDecode(secrets)!);
    }
}
