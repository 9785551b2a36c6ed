namespace Sidecar.Outpost.Configuration;

/// <summary>Environment and command line to <see cref="OutpostOptions"/>, or to the list of everything that is wrong.</summary>
internal static class OutpostOptionsReader
{
    private static readonly TimeSpan LeastStale = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostStale = TimeSpan.FromDays(7);

    /// <summary>Null when there are mistakes.</summary>
    public static OutpostOptions? TryRead(Func<string, string?> environment, IReadOnlyList<string> arguments, out IReadOnlyList<string> mistakes)
    {
        var variables = new Variables(environment);
        var options = Read(variables, arguments);
        CheckTogether(options, variables);
        mistakes = variables.Mistakes;
        return mistakes.Count == 0 ? options : null;
    }

    /// <summary>For commands that need only some values: the mistakes are for <c>server</c> to tell.</summary>
    public static OutpostOptions ForCommands(Func<string, string?> environment) => Read(new Variables(environment), []);

    private static OutpostOptions Read(Variables variables, IReadOnlyList<string> arguments) =>
        new()
        {
            Host = variables.Address("AUTHENTIK_HOST"),
            Token = variables.Text("AUTHENTIK_TOKEN") ?? "",
            Insecure = variables.Flag("AUTHENTIK_INSECURE"),
            HostBrowser = variables.Address("AUTHENTIK_HOST_BROWSER"),
            Http = variables.EndPoint("AUTHENTIK_LISTEN__HTTP", "0.0.0.0:9000"),
            Https = variables.EndPoint("AUTHENTIK_LISTEN__HTTPS", "0.0.0.0:9443"),
            Metrics = variables.EndPoint("AUTHENTIK_LISTEN__METRICS", "0.0.0.0:9300"),
            TrustedProxies = Proxies(variables),
            IdentityHeaders = IdentityHeaders(variables),
            LogLevel = Level(variables),
            DataFolder = Path.GetFullPath(variables.Text("SIDECAR_DATA") ?? "./data"),
            MaxStale = MaxStale(variables),
            TlsCertificate = variables.Text("SIDECAR_TLS__CERTIFICATE"),
            TlsKey = variables.Text("SIDECAR_TLS__KEY"),
            TlsNames = (variables.Text("SIDECAR_TLS__NAMES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ControlPlaneSocket = variables.Text("SIDECAR_CONTROL_PLANE_SOCKET"),
            Files = CommandLine.Files(arguments, variables),
        };

    private static void CheckTogether(OutpostOptions options, Variables variables)
    {
        if ((options.TlsCertificate is null) != (options.TlsKey is null))
        {
            variables.Wrong("SIDECAR_TLS__CERTIFICATE", "and SIDECAR_TLS__KEY must be set together");
        }

        if (options.Files is not null)
        {
            return;
        }

        if (options.Host is null && options.ControlPlaneSocket is null && variables.Text("AUTHENTIK_HOST") is null)
        {
            variables.Wrong("AUTHENTIK_HOST", "is not set: it is the control plane's address, such as https://auth.example.com");
        }

        if (options.Token.Length == 0)
        {
            variables.Wrong("AUTHENTIK_TOKEN", "is not set: the control plane shows it at the outpost");
        }
        else if (options.Token.Any(letter => letter is <= ' ' or > '~'))
        {
            variables.Wrong("AUTHENTIK_TOKEN", "holds a character that no token has");
        }
    }

    private static TrustedProxies Proxies(Variables variables)
    {
        const string Name = "AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS";
        if (TrustedProxies.TryParse(variables.Text(Name) ?? TrustedProxies.Default, out var mistake) is { } proxies)
        {
            return proxies;
        }

        variables.Wrong(Name, $"has '{mistake}', which is not a network such as 10.0.0.0/8");
        return TrustedProxies.TryParse("", out _)!;
    }

    private static IdentityHeaderRule IdentityHeaders(Variables variables)
    {
        const string Name = "SIDECAR_IDENTITY_HEADERS";
        switch (variables.Text(Name)?.ToUpperInvariant())
        {
            case null or "REFUSE":
                return IdentityHeaderRule.Refuse;
            case "IGNORE":
                return IdentityHeaderRule.Ignore;
            default:
                variables.Wrong(Name, "must be refuse or ignore");
                return IdentityHeaderRule.Refuse;
        }
    }

    private static LogLevel Level(Variables variables)
    {
        switch (variables.Text("AUTHENTIK_LOG_LEVEL")?.ToUpperInvariant())
        {
            case "TRACE":
                return LogLevel.Trace;
            case "DEBUG":
                return LogLevel.Debug;
            case null or "INFO":
                return LogLevel.Information;
            case "WARNING" or "WARN":
                return LogLevel.Warning;
            case "ERROR":
                return LogLevel.Error;
            default:
                variables.Wrong("AUTHENTIK_LOG_LEVEL", "must be trace, debug, info, warning or error");
                return LogLevel.Information;
        }
    }

    private static TimeSpan MaxStale(Variables variables)
    {
        const string Name = "SIDECAR_MAX_STALE";
        if (variables.Text(Name) is not { } text)
        {
            return TimeSpan.FromHours(12);
        }

        if (Durations.TryParse(text, out var stale) && stale >= LeastStale && stale <= MostStale)
        {
            return stale;
        }

        variables.Wrong(Name, "must be a duration from 1m to 7d, such as 12h");
        return TimeSpan.FromHours(12);
    }
}
