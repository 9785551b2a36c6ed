using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Server;

/// <summary>Hands the embedded outpost its token: in a file that only this program's user may read, since the environment of a process is easier to see.</summary>
internal sealed class EmbeddedOutpostToken(Database database, KeyWrap wrap)
{
    private const string FileName = "embedded-outpost-token";

    /// <summary>The file's path; null when the outpost or its token is gone.</summary>
    public async Task<string?> WriteAsync(string stateFolder, CancellationToken cancel)
    {
        await using var context = database.Open();
        if (await context.Outposts.AsNoTracking().SingleOrDefaultAsync(row => row.Managed == Outpost.EmbeddedManaged, cancel) is not { } outpost
            || await context.Tokens.AsNoTracking().SingleOrDefaultAsync(row => row.Identifier == outpost.TokenIdentifier, cancel) is not { } token)
        {
            return null;
        }

        var path = Path.Combine(stateFolder, FileName);
        var secret = TokenSecret.Show(token, wrap);

        // Nearly every start finds it there, and a full disk must not keep the outpost from starting.
        if (!File.Exists(path) || await File.ReadAllTextAsync(path, cancel) != secret)
        {
            PrivateFile.Write(path, secret);
        }

        return path;
    }
}
