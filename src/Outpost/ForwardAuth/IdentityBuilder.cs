using System.Text;
using Sidecar.Contracts.Principals;
using Sidecar.Decisions;
using Sidecar.Outpost.Assertions;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Makes an <see cref="IdentityAnswer"/>: off the hit path, so it may allocate and sign.</summary>
internal sealed class IdentityBuilder(AssertionSigner signer)
{
    public IdentityAnswer Build(Proof proof, ApplicationView application, Principal principal, PrincipalFacts facts, long now)
    {
        var groups = application.Compiled.GroupsFor(facts);
        string[] entitlements =
            [.. principal.Entitlements.GetValueOrDefault(application.Compiled.Record.Id, []).Where(HeaderText.CanBeListed)];
        var provider = application.Provider;
        var answer = new IdentityAnswer
        {
            Application = application,
            Principal = principal,
            Facts = facts,
            LiveId = proof.LiveId,
            OnPerson = DecisionEngine.DecideOnPerson(application.Compiled, facts),
            Slot = PrincipalMarks.SlotOf(principal.Id),
            Username = HeaderText.Clean(principal.Username),
            Groups = groups,
            Entitlements = string.Join('|', entitlements),
            Email = HeaderText.Clean(principal.Email),
            Name = HeaderText.Clean(principal.Name),
            Uid = HeaderText.Clean(principal.Uid),
            Assertion = provider.SendAssertion ? signer.Sign(Claims(application, principal, groups, entitlements, proof.SessionId), now) : "",
            ExpiresAt = provider.SendAssertion ? Math.Min(proof.ExpiresAt, now + AssertionSigner.LifetimeSeconds) : proof.ExpiresAt,
            RenewAt = provider.SendAssertion ? now + AssertionSigner.LifetimeSeconds - AssertionSigner.RenewalSeconds : long.MaxValue,
            Authorization = BasicCredentials.For(provider, principal),
            Additional = AdditionalHeaders.Read(principal.Attributes),
        };
        answer.Size = SizeOf(answer);
        return answer;
    }

    /// <summary>What a path that is open to everybody is answered with: all headers, nobody's identity.</summary>
    public static IdentityAnswer Nobody(ApplicationView application) =>
        new() { Application = application, Principal = null, Facts = null };

    private static AssertionClaims Claims(
        ApplicationView application, Principal principal, string groups, IReadOnlyList<string> entitlements, Guid? session) => new()
        {
            Issuer = application.Provider.Issuer,
            Audience = application.Provider.ClientId,
            Subject = principal.Uid,
            Username = principal.Username,
            Name = principal.Name,
            Email = principal.Email,
            Groups = groups.Split('|', StringSplitOptions.RemoveEmptyEntries),
            Entitlements = entitlements,
            Session = session,
        };

    private static int SizeOf(IdentityAnswer answer)
    {
        var size = answer.Application.FixedHeaderBytes + Bytes(answer.Username) + Bytes(answer.Groups) + Bytes(answer.Entitlements)
            + Bytes(answer.Email) + Bytes(answer.Name) + Bytes(answer.Uid) + Bytes(answer.Assertion) + Bytes(answer.Authorization ?? "");
        foreach (var (name, value) in answer.Additional)
        {
            size += IdentityBudget.LineOf(name, value);
        }

        return size;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
