using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Links;

/// <summary>
/// Links that an administrator makes. They stand for the stages that ask who somebody is and that mail a link, and for no other: a second factor is asked for as it is
/// in the flow.
/// </summary>
internal sealed class RecoveryLinks(ControlPlaneContext database, FlowLinks links, FlowRuns runs, FlowPlanner planner, BrandReader brands, TimeProvider time)
{
    /// <summary>A link, saved with the context, or what is in the way.</summary>
    public async Task<(RecoveryLink? Link, string? Problem)> AddAsync(HttpContext http, User user, TimeSpan lifetime, bool mailed)
    {
        var cancel = http.RequestAborted;
        var chosen = (await brands.FindAsync(http))?.FlowRecoveryId;
        if (chosen is null || await database.Flows.FindAsync([chosen.Value], cancel) is not { } named || await runs.FlowAsync(named.Slug, cancel) is not { } flow)
        {
            return (null, "No recovery flow is set. Choose one in the brand, such as default-recovery-flow.");
        }

        if (!user.IsActive || user.Type is not (UserType.Internal or UserType.External))
        {
            return (null, "Only people whose account is active can recover it.");
        }

        if ((await InstallationView.ReadAsync(database, cancel)).PublicUrl is not { Length: > 0 } publicUrl)
        {
            return (null, "This server does not know its own address yet. Set AUTHENTIK_HOST.");
        }

        var plan = await planner.StepsAsync(flow, user.Id, cancel);
        var proves = flow.StageBindings.Where(binding => binding.Stage!.Kind is StageKind.Identification or StageKind.Email && plan.Proofs.All(proof => proof.Binding != binding.Id))
            .Select(binding => ProofOf(binding, user)).ToList();
        if (proves.Count == 0)
        {
            return (null, "The brand's recovery flow has no stage that a link could stand for: it needs one for identification or e-mail.");
        }

        var until = time.GetUtcNow() + lifetime;
        var content = new LinkContent { Plan = plan, Context = new RunContext { Start = new RunStart(), PendingUser = user.Id, Identifier = user.Username }, Proves = proves };
        return (new RecoveryLink(links.Add(publicUrl, flow, user, mailed, content, until), until), null);
    }

    private StageProof ProofOf(FlowStageBinding binding, User user) => new()
    {
        Binding = binding.Id,
        Stage = binding.StageId,
        Kind = binding.Stage!.Kind,
        At = time.GetUtcNow(),
        User = user.Id,
        Authenticates = true,
        Method = "recovery",
    };
}
