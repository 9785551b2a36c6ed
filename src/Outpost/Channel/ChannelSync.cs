using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Assertions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Channel;

/// <summary>Brings the outpost in step: trust, registration, snapshot, secrets, and which held principals still stand.</summary>
internal sealed class ChannelSync(
    ChannelApi api,
    TrustKeeper trust,
    SnapshotReceiver snapshots,
    ServingHolder serving,
    PrincipalTable principals,
    HeldChanges changes,
    PrincipalPrefetch prefetch,
    ChannelEpoch epoch,
    ChannelState channel,
    StateFolder state,
    OutpostIdentity identity,
    AssertionKey assertion,
    ContactKeeper contact,
    OutpostExit exit,
    OutpostOptions options,
    ILogger<ChannelSync> logger)
{
    private string? _told;
    private bool _registered;

    /// <summary>False: try again later.</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        var answer = await ReadTrustAsync(cancel);
        if (answer.Status != ChannelStatus.Ok || answer.Value!.Product != TrustDocument.ProductName)
        {
            TellProblem(answer);
            return false;
        }

        _told = null;
        var document = answer.Value;
        if (!UseTrust(document))
        {
            return false;
        }

        contact.Heard(document.Time);
        if (!await RegisterAsync(cancel) || !await ReadSnapshotAsync(cancel) || !await ReadSecretsAsync(cancel) || !await ReadRevisionsAsync(cancel))
        {
            return false;
        }

        channel.Epoch = document.Epoch;
        channel.Told = document.Newest;
        channel.Applied = document.Newest;
        channel.IsInStep = true;
        logger.InStep(document.Newest);
        return true;
    }

    /// <summary>True also when it was refused: asking again would bring the same.</summary>
    public async Task<bool> ReadSnapshotAsync(CancellationToken cancel)
    {
        var outcome = await FetchSnapshotAsync(cancel);
        if (outcome is SnapshotOutcome.Refused { IsUnknownKey: true } && await api.TrustAsync(cancel) is { Status: ChannelStatus.Ok } answer)
        {
            // The key may have been changed a moment ago, with the old one's endorsement.
            return UseTrust(answer.Value!) && await FetchSnapshotAsync(cancel) is not null;
        }

        return outcome is not null;
    }

    public async Task<bool> ReadSecretsAsync(CancellationToken cancel)
    {
        var answer = await api.SecretsAsync(cancel);
        if (answer.Status == ChannelStatus.Ok && snapshots.UseSecrets(answer.Value!))
        {
            state.Write(StateFiles.Secrets, answer.Value!, Contracts.ContractsJson.Default.SecretsDocument);
        }

        return answer.Status is ChannelStatus.Ok or ChannelStatus.NotYet;
    }

    /// <summary>After a gap: which held principals changed meanwhile, and which this outpost may not read any more.</summary>
    public async Task<bool> ReadRevisionsAsync(CancellationToken cancel)
    {
        foreach (var part in principals.Revisions().Chunk(PrincipalRevisionsRequest.MaxIds))
        {
            var generation = epoch.Generation;
            var answer = await api.RevisionsAsync([.. part.Select(held => held.Key)], cancel);
            if (answer.Status != ChannelStatus.Ok || generation != epoch.Generation)
            {
                return false;
            }

            foreach (var (id, revision) in part)
            {
                Compare(id, revision, answer.Value!);
            }
        }

        return true;
    }

    private async Task<ChannelAnswer<TrustDocument>> ReadTrustAsync(CancellationToken cancel)
    {
        var pinned = trust.Pinned?.Epoch;
        var seen = changes.Newest(pinned);
        var answer = await api.TrustAsync(cancel);
        if (answer.Status != ChannelStatus.Ok || answer.Value!.Epoch != pinned || answer.Value.Newest >= seen)
        {
            return answer;
        }

        // Its database was restored from a backup, and it has not noticed: asked for what follows a number that it does not have, it begins a new epoch.
        logger.WentBack(seen, answer.Value.Newest);
        changes.Told(seen);
        await api.ChangesAsync(seen, answer.Value.Epoch, cancel);
        return await api.TrustAsync(cancel);
    }

    private void Compare(Guid id, long held, PrincipalRevisions now)
    {
        if (!now.Revisions.TryGetValue(id, out var revision))
        {
            principals.Drop(id);
        }
        else if (revision > held && principals.Invalidate(id, revision))
        {
            prefetch.Add(id);
        }
    }

    private bool UseTrust(TrustDocument document)
    {
        var before = trust.Pinned;
        switch (trust.Consider(document))
        {
            case TrustOutcome.Accepted accepted:
                if (accepted.IsNewEpoch)
                {
                    ForgetEpoch(document.Epoch);
                }

                // A goodbye while the answer was under way unpinned it all; what this one pinned starts anew.
                _registered &= before is not null && !accepted.IsNewEpoch;
                snapshots.UseTrust(accepted.Record);
                return true;
            case TrustOutcome.Refused refused:
                Tell(refused.Why, () => logger.TrustRefused(refused.Why));
                return false;
            default:
                return false;
        }
    }

    private void ForgetEpoch(string next)
    {
        logger.NewEpoch(next);
        epoch.Advance();
        changes.Told(0);
        foreach (var id in principals.Clear())
        {
            prefetch.Add(id);
        }
    }

    private async Task<bool> RegisterAsync(CancellationToken cancel)
    {
        if (_registered)
        {
            return true;
        }

        var registration = new OutpostRegistration
        {
            Instance = identity.Instance,
            Hostname = Environment.MachineName,
            Version = OutpostVersion.Text,
            AssertionKey = assertion.Public,
        };
        var answer = await api.RegisterAsync(registration, cancel);
        if (answer.Status == ChannelStatus.BadRequest)
        {
            logger.RegistrationRefused(answer.Detail);
        }

        _registered = answer.Status == ChannelStatus.Ok;
        return _registered || answer.Status == ChannelStatus.BadRequest;
    }

    private async Task<SnapshotOutcome?> FetchSnapshotAsync(CancellationToken cancel)
    {
        var standing = serving.Current?.Compiled.Source;
        var answer = await api.SnapshotAsync(standing is null ? null : $"\"{standing.Epoch}.{standing.Revision}\"", cancel);
        if (answer.Status is ChannelStatus.NotModified or ChannelStatus.NotYet)
        {
            return new SnapshotOutcome.Same();
        }

        if (answer.Status != ChannelStatus.Ok)
        {
            return null;
        }

        var outcome = snapshots.Accept(answer.Value!);
        if (outcome is SnapshotOutcome.Accepted)
        {
            state.WriteRaw(StateFiles.Snapshot, answer.Value!);
            contact.Write();
        }

        return outcome;
    }

    private void TellProblem(ChannelAnswer<TrustDocument> answer)
    {
        switch (answer.Status)
        {
            case ChannelStatus.Refused:
                Tell(answer.Detail, () => logger.TokenUnknown(answer.Detail));
                break;
            case ChannelStatus.Foreign or ChannelStatus.NotFound or ChannelStatus.BadRequest or ChannelStatus.Ok:
                var problem = answer.Status == ChannelStatus.Ok ? $"it calls itself {answer.Value!.Product}" : answer.Detail;
                Tell(problem, () => logger.NotOurs((options.ControlPlaneSocket ?? options.Host?.ToString())!, problem));
                // With a pinned control plane this is a proxy in between that is wrong for a while: what is known still decides.
                if (trust.Pinned is null)
                {
                    exit.Stop(Commands.WrongConfiguration);
                }

                break;
            case ChannelStatus.Goodbye:
                break;
            default:
                Tell("away", () => logger.Away(answer.Detail));
                break;
        }
    }

    // Said once, not each few seconds.
    private void Tell(string problem, Action log)
    {
        if (_told != problem)
        {
            _told = problem;
            log();
        }
    }
}
