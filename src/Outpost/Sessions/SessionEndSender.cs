using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Sessions;

/// <summary>Tells the control plane of sessions that were ended here, until it knows; and keeps the list on disk.</summary>
internal sealed class SessionEndSender
{
    private readonly EndedSessions _ended;
    private readonly ControlPlaneClient _client;
    private readonly StateFolder _state;
    private readonly OutpostOptions _options;
    private readonly Lock _writing = new();

    public SessionEndSender(EndedSessions ended, ControlPlaneClient client, StateFolder state, OutpostOptions options)
    {
        _ended = ended;
        _client = client;
        _state = state;
        _options = options;
        ended.Changed = Write;
    }

    public async Task SendAsync(CancellationToken cancel)
    {
        foreach (var session in _ended.All.Where(session => !session.Delivered))
        {
            if (!await _client.EndSessionAsync(session.Sid, cancel))
            {
                return;
            }

            _ended.MarkDelivered(session.Sid);
        }
    }

    /// <summary>A copy of the principal that still lists the session cannot decide for longer than this.</summary>
    public void Forget() => _ended.Forget(_options.MaxStale + TimeSpan.FromHours(1));

    // At once: the person was told that the sign-out holds. Ending a session is rare.
    private void Write()
    {
        lock (_writing)
        {
            _state.Write(StateFiles.Sessions, new EndedSessionList(_ended.All), StateJson.Default.EndedSessionList);
        }
    }
}
