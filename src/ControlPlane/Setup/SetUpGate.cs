using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Bootstrap;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Setup;

/// <summary>Whether set-up is open, and to whom. A row of its own decides, never "the administrator has no password": that could come true again.</summary>
internal sealed class SetUpGate(ControlPlaneContext database, TimeProvider time)
{
    public const string FlowSlug = "initial-setup";

    public Task<bool> IsDoneAsync(CancellationToken cancel) => database.Installations.AllAsync(installation => installation.SetUpCompletedAt != null, cancel);

    /// <summary>True: the first hour is over, and whoever sets up must know the code from the log.</summary>
    public async Task<bool> NeedsCodeAsync(CancellationToken cancel) =>
        time.GetUtcNow() >= (await database.Installations.AsNoTracking().SingleAsync(cancel)).SetUpOpenUntil;

    public async Task<bool> IsCodeAsync(string? code, CancellationToken cancel) =>
        (await database.Installations.AsNoTracking().SingleAsync(cancel)).SetUpCodeHash is { } hash
        && code is { Length: < 100 }
        && CryptographicOperations.FixedTimeEquals(hash, HashOf(code));

    public async Task<Guid?> AdministratorAsync(CancellationToken cancel)
    {
        var key = LookupKey.Of(DefaultPeople.AdministratorName);
        return await database.Users.Where(user => user.UsernameKey == key).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Letters in any case, with or without the dashes.</summary>
    public static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant()));
}
