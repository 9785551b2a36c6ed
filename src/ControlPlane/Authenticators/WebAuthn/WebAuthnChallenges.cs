using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators.WebAuthn;

/// <summary>
/// The challenges that devices sign. Each is made from the run, its step and the time with a key of the installation: nothing is stored while a page is only looked
/// at, every replica knows it again, another run's does not fit, and what was answered is written down, so that it counts once.
/// </summary>
internal sealed class WebAuthnChallenges(KeyWrap wrap, Database database, TimeProvider time)
{
    private const string Purpose = "authenticator/webauthn-challenge";

    // A challenge is good for this long at least, and for twice as long at most.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public byte[] Current(StageVisit visit) => Of(visit, WindowAt(time.GetUtcNow()));

    /// <summary>Uses up the challenge that <paramref name="answered"/> must be. False: it is not this step's, has expired, or was used.</summary>
    public async Task<bool> TrySpendAsync(StageVisit visit, byte[] answered, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (!CryptographicOperations.FixedTimeEquals(answered, Of(visit, WindowAt(now))) && !CryptographicOperations.FixedTimeEquals(answered, Of(visit, WindowAt(now) - 1)))
        {
            return false;
        }

        await using var context = database.Open();
        context.SpentChallenges.Add(new SpentChallenge { Challenge = answered, ExpiresAt = now + (2 * Window) });
        try
        {
            await context.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }

    private byte[] Of(StageVisit visit, long window) =>
        wrap.Fingerprint(Purpose, Encoding.UTF8.GetBytes($"{visit.Run.Row.Id:N} {visit.Run.Row.Step} {visit.Binding.Id:N} {visit.Stage.Id:N} {visit.Context.PendingUser:N} {window}"));

    private static long WindowAt(DateTimeOffset now) => now.UtcTicks / Window.Ticks;
}
