using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Finds whom a typed name means.</summary>
internal sealed class UserLookup(ControlPlaneContext database)
{
    public const int MaxLength = 254;

    /// <summary>Null also when an e-mail address leads to several users: choosing one would be guessing.</summary>
    public async Task<User?> FindAsync(string name, IReadOnlyList<string> fields, bool caseInsensitive, CancellationToken cancel)
    {
        var key = LookupKey.Of(name);
        if (fields.Contains("username") && await database.Users.SingleOrDefaultAsync(user => user.UsernameKey == key, cancel) is { } byName
            && (caseInsensitive || byName.Username == name))
        {
            return byName;
        }

        if (!fields.Contains("email"))
        {
            return null;
        }

        var byMail = await database.Users.Where(user => user.EmailKey == key).Take(2).ToListAsync(cancel);
        return byMail is [var only] && (caseInsensitive || only.Email == name) ? only : null;
    }
}
