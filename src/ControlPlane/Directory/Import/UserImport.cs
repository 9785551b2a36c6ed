using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>Adds the users of a file, all or none. Users who exist are not changed: their names are told as problems.</summary>
internal sealed class UserImport(ControlPlaneContext context, ApiSave save, TimeProvider time)
{
    /// <summary>Enough to see what is wrong; a file in another format would fill pages.</summary>
    private const int MaxProblems = 500;

    // Of a list in one query.
    private const int Batch = 500;

    /// <param name="text">Of the file; see <see cref="ImportFile"/>.</param>
    /// <param name="dryRun">Only say what would come of it.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<ImportOutcome> RunAsync(string text, bool dryRun, CancellationToken cancel)
    {
        var (entries, unreadable) = ImportFile.Read(text);
        var reader = new ImportReader(time.GetUtcNow());
        var users = entries.Select(entry => (entry.Line, Read: reader.Read(entry))).ToList();
        var groups = await GroupsAsync([.. users.SelectMany(user => user.Read.Groups).Distinct(StringComparer.Ordinal)], cancel);
        List<ImportProblem> problems =
        [
            .. unreadable,
            .. reader.Problems,
            .. Twice([.. users.Select(user => (user.Line, user.Read.User))]),
            .. await TakenAsync([.. users.Select(user => (user.Line, user.Read.User))], cancel),
            .. users.SelectMany(user => user.Read.Groups.Where(name => !groups.ContainsKey(name)).Select(name => new ImportProblem(user.Line, "groups", $"There is no group \"{name}\"."))),
        ];
        if (problems.Count > 0 || dryRun)
        {
            return new ImportOutcome(users.Count, [.. problems.OrderBy(problem => problem.Line).Take(MaxProblems)], null);
        }

        foreach (var (user, names) in users.Select(row => row.Read))
        {
            context.Users.Add(user);
            context.Memberships.AddRange(names.Select(name => new Membership { UserId = user.Id, GroupId = groups[name] }));
        }

        return new ImportOutcome(users.Count, [], await save.SaveAsync(cancel));
    }

    private static IEnumerable<ImportProblem> Twice(IReadOnlyList<(int Line, User User)> users) => users.Where(user => user.User.UsernameKey.Length > 0)
        .GroupBy(user => user.User.UsernameKey, StringComparer.Ordinal).SelectMany(same => same.Skip(1).Select(user => new ImportProblem(
            user.Line, "username", $"The same name as that of entry {same.First().Line}: letter case, width and invisible characters make no difference.")));

    private async Task<List<ImportProblem>> TakenAsync(IReadOnlyList<(int Line, User User)> users, CancellationToken cancel)
    {
        var problems = new List<ImportProblem>();
        foreach (var some in users.Chunk(Batch))
        {
            var keys = some.Select(user => user.User.UsernameKey).ToList();
            var taken = await context.Users.AsNoTracking().Where(user => keys.Contains(user.UsernameKey)).Select(user => user.UsernameKey).ToListAsync(cancel);
            problems.AddRange(some.Where(user => taken.Contains(user.User.UsernameKey)).Select(user => new ImportProblem(user.Line, "username", "A user of this name is there already.")));
        }

        return problems;
    }

    private async Task<Dictionary<string, Guid>> GroupsAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(Batch))
        {
            foreach (var group in await context.Groups.AsNoTracking().Where(group => some.Contains(group.Name)).Select(group => new { group.Name, group.Id }).ToListAsync(cancel))
            {
                found[group.Name] = group.Id;
            }
        }

        return found;
    }
}
