using System.Globalization;
using System.Net;
using Sidecar.Contracts;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Checking;

/// <summary>A request as it is described on the command line.</summary>
/// <param name="Authority"><c>host[:port]</c> as written.</param>
/// <param name="Path">As written: percent-encoded, dot segments and all.</param>
internal sealed record CheckQuestion(string Method, string Url, string Authority, string Path, string? Client, Principal? Principal)
{
    /// <exception cref="OutpostStartException">What is wrong with the description.</exception>
    public static CheckQuestion Read(ArgumentList arguments, CompiledSnapshot snapshot)
    {
        var url = arguments.Last("--url") ?? throw new OutpostStartException("--url is missing: the address that is asked for, such as https://wiki.example.com/page");
        var (authority, path) = Split(url);
        var client = arguments.Last("--client");
        return client is null || IPAddress.TryParse(client, out _)
            ? new CheckQuestion(arguments.Last("--method") ?? "GET", url, authority, path, client, Person(arguments, snapshot.Source))
            : throw new OutpostStartException($"--client must be an IP address, not '{client}'");
    }

    // By hand: a URI library would tidy the path up, and how crooked it is decides.
    private static (string Authority, string Path) Split(string url)
    {
        var start = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        var end = url.IndexOfAny(['/', '?', '#'], start);
        var authority = end < 0 ? url[start..] : url[start..end];
        if (start == 0 || authority.Length == 0)
        {
            throw new OutpostStartException($"--url must be an address with http:// or https://, not '{url}'");
        }

        var rest = end < 0 ? "/" : url[end..];
        var path = rest.Split('?', '#')[0];
        return (authority, path.Length == 0 ? "/" : path);
    }

    private static Principal? Person(ArgumentList arguments, Snapshot snapshot)
    {
        var (file, user, groups) = (arguments.Last("--principal"), arguments.Last("--user"), arguments.All("--group"));
        if (file is not null)
        {
            return user is null && groups.Count == 0
                ? GivenFile.Parse(file, GivenFile.Read(file), ContractsJson.Default.Principal)
                : throw new OutpostStartException("--principal says who asks; --user and --group cannot be given beside it");
        }

        return user is null && groups.Count == 0 ? null : Described(user, [.. groups.Select(group => GroupIn(snapshot, group))]);
    }

    private static Principal Described(string? user, IReadOnlyList<Guid> groups)
    {
        var hasId = Guid.TryParse(user, out var id);
        var name = hasId || user is null ? "somebody" : user;
        return new Principal
        {
            // Without an id it is somebody whom no binding of a user names.
            Id = hasId ? id : Guid.NewGuid(),
            Revision = 0,
            Uid = name,
            Username = name,
            Name = name,
            Email = "",
            Active = true,
            Groups = groups,
            Sessions = [],
        };
    }

    private static Guid GroupIn(Snapshot snapshot, string group)
    {
        GroupRecord[] found = Guid.TryParse(group, out var id)
            ? [.. snapshot.Groups.Where(each => each.Id == id)]
            : [.. snapshot.Groups.Where(each => each.Name.Equals(group, StringComparison.Ordinal))];
        return found.Length == 1
            ? found[0].Id
            : throw new OutpostStartException(string.Create(CultureInfo.InvariantCulture, $"--group {group}: the snapshot has {found.Length} groups of that name; it must have one, or give the id"));
    }
}
