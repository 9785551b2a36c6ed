namespace Sidecar.Outpost.Configuration;

/// <summary>What the program can be told on its command line, and the few arguments that <c>server</c> takes.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        usage: sidecar-outpost [command]
          server        answer the proxy (the default); configured by AUTHENTIK_* and SIDECAR_* variables
                        --snapshot FILE --snapshot-key FILE [--secrets FILE] [--principals FILE]   run without a control plane
          check         say what would be decided about a request, and why; exit code 0 when it is let through, 1 when not, 2 when that cannot be said
                        --snapshot FILE [--snapshot-key FILE] --url URL [--user ID|NAME] [--group NAME|ID]... | [--principal FILE]
                        [--method METHOD] [--client ADDRESS] [--json]   without a key the signature is not checked, and a policy need not have one
          snapshot-key  FILE   make a key that signs policies, and print its public half: the file for --snapshot-key
          sign          --key FILE POLICY   print the policy, signed: the file for --snapshot
          ca            print the certificate of the outpost's own CA, for the proxy to trust
          healthcheck   ask the running outpost on this machine; exit code 0 when it answers
          version       print the version
        """;

    private static readonly string[] Known = ["--snapshot", "--snapshot-key", "--secrets", "--principals"];

    public static SnapshotFiles? Files(IReadOnlyList<string> arguments, Variables variables)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!Known.Contains(arguments[i], StringComparer.Ordinal))
            {
                variables.Wrong(arguments[i], "is not an argument of this program");
            }
            else if (i + 1 == arguments.Count || !values.TryAdd(arguments[i], arguments[i + 1]))
            {
                variables.Wrong(arguments[i], "needs one file name");
            }
        }

        if (values.Count == 0)
        {
            return null;
        }

        if (!values.TryGetValue("--snapshot", out var snapshot) || !values.TryGetValue("--snapshot-key", out var key))
        {
            variables.Wrong("--snapshot", "and --snapshot-key must be given together: a snapshot never brings the key that verifies it");
            return null;
        }

        return new SnapshotFiles(snapshot, key, values.GetValueOrDefault("--secrets"), values.GetValueOrDefault("--principals"));
    }
}
