using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>What authentik's schema has no name for: what an application is told of its users, and how.</summary>
internal static class ProxyProviderIdentity
{
    // Below it the twelve names alone do not fit in; above it neither proxies nor services take the headers.
    private const int MinBudget = 1024;
    private const int MaxBudget = 64 * 1024;
    private const int MaxPrefix = 150;

    public static void Apply(JsonBody body, ProxyProvider provider)
    {
        if (body.TryNumber("identity_budget_bytes", out var budget, MinBudget, MaxBudget))
        {
            provider.IdentityBudgetBytes = budget;
        }

        if (body.TryChoice<GroupChoice>("group_choice", out var choice))
        {
            provider.GroupChoice = choice;
        }

        if (body.TryText("group_prefix", out var prefix, MaxPrefix, blank: true))
        {
            provider.GroupPrefix = prefix;
        }

        body.Refuses(
            "group_prefix", provider is { GroupChoice: GroupChoice.Prefix, GroupPrefix: "" }, "Must be set when groups are chosen by prefix: an empty one chooses all.");
        if (body.TryFlag("hide_ticket", out var hide))
        {
            provider.HideTicket = hide;
        }

        if (body.TryFlag("send_assertion", out var assertion))
        {
            provider.SendAssertion = assertion;
        }

        if (body.TryFlag("strict", out var strict))
        {
            provider.Strict = strict;
        }
    }
}
