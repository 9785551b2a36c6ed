using CsCheck;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests.Properties;

public sealed class HostProperties
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "evila").Array[1, 4].Select(labels => string.Join('.', labels));
    private static readonly Gen<int> Port = Gen.OneOf(0, 80, 443, 8443);

    private static readonly Gen<ApplicationRecord> Application =
        from https in Gen.Bool
        from host in Name
        from port in Port
        from domain in Gen.Bool
        from under in Name
        select Given.App($"{(https ? "https" : "http")}://{host}{Colon(port)}", domain ? under : null);

    [Fact]
    public void The_match_is_that_of_a_naive_model() =>
        Gen.Select(Application.Array[0, 6], Name, Port, Gen.Bool).Sample((applications, host, port, upper) =>
        {
            var authority = host + Colon(port);
            var found = Given.Compiled(applications).FindByHost(upper ? authority.ToUpperInvariant() : authority, out var reason);
            var (expected, why) = Naive(applications, host, port);

            return ReferenceEquals(expected, found?.Record) && reason == why;
        }, iter: 5000);

    private static (ApplicationRecord? Application, Reason Reason) Naive(ApplicationRecord[] applications, string host, int port)
    {
        ApplicationRecord[] exact = [.. applications.Where(app => Claims(app, host, port))];
        if (exact.Length > 0)
        {
            return One(exact);
        }

        // A domain that claims no hosts leaves an application as in single mode.
        if (applications.Any(app => !app.Provider.CookieDomain.Contains('.') && new Uri(app.Provider.ExternalHost).Host == host))
        {
            return (null, Reason.UnknownHost);
        }

        var longest = applications
            .Where(app => app.Provider.Mode == ProviderMode.Domain && app.Provider.CookieDomain.Contains('.'))
            .Where(app => ("." + host).EndsWith("." + app.Provider.CookieDomain, StringComparison.Ordinal))
            .GroupBy(app => app.Provider.CookieDomain.Length)
            .MaxBy(group => group.Key);
        return longest is null ? (null, Reason.UnknownHost) : One([.. longest]);
    }

    private static (ApplicationRecord?, Reason) One(ApplicationRecord[] candidates) =>
        candidates.Length == 1 ? (candidates[0], Reason.Unset) : (null, Reason.HostClaimedTwice);

    private static bool Claims(ApplicationRecord app, string host, int port)
    {
        var uri = new Uri(app.Provider.ExternalHost);
        return uri.Host == host && (uri.Port == port || (port == 0 && uri.IsDefaultPort));
    }

    private static string Colon(int port) => port == 0 ? "" : $":{port}";
}
