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
        var byName = fields.Contains("username") ? await database.Users.SingleOrDefaultAsync(user => user.UsernameKey == key, cancel) : null;
        byName = caseInsensitive || byName?.Username == name ? byName : null;

        // Somebody's address may be the name of an account that nobody has confirmed: that one must not be in the way.
        return byName is { IsActive: true } || !fields.Contains("email") ? byName : await ByMailAsync(key, name, caseInsensitive, cancel) ?? byName;
    }

    private async Task<User?> ByMailAsync(string key, string name, bool caseInsensitive, CancellationToken cancel)
    {
        // An account that nobody has confirmed must not stand in the way of the one whose address it is.
        var byMail = await database.Users.Where(user => user.EmailKey == key).OrderByDescending(user => user.IsActive).Take(2).ToListAsync(cancel);
        var only = byMail.Count == 1 || byMail is [{ IsActive: true }, { IsActive: false }] ? byMail[0] : null;
        return only is not null && (caseInsensitive || only.Email == name) ? only : null;
    }
}
