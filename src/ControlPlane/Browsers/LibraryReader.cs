using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.Browsers;

/// <summary>What the library shows to a user.</summary>
internal sealed class LibraryReader(ControlPlaneContext database)
{
    public async Task<LibraryModel> ReadAsync(User user, OwnFrame frame, CancellationToken cancel)
    {
        var groups = await GroupClosure.OfUserAsync(database, user.Id, cancel);
        return new LibraryModel
        {
            Frame = frame,
            Username = user.Username,
            Name = user.Name,
            Email = user.Email,
            IsSuperuser = await database.Groups.AnyAsync(group => group.IsSuperuser && groups.Contains(group.Id), cancel),
            Applications = await ApplicationsAsync(user, cancel),
        };
    }

    private async Task<IReadOnlyList<LibraryEntry>> ApplicationsAsync(User user, CancellationToken cancel)
    {
        var entries = new List<LibraryEntry>();
        var applications = await database.Applications.AsNoTracking().Include(row => row.Provider).ToListAsync(cancel);
        foreach (var application in applications.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase))
        {
            if ((await AccessCheck.DecideAsync(database, application, user, cancel)).Verdict == Verdict.Allow && application.MetaLaunchUrl != HiddenMark)
            {
                entries.Add(new LibraryEntry(application.Name, AddressOf(application), application.MetaDescription, application.MetaPublisher, application.OpenInNewTab));
            }
        }

        return entries;
    }

    // authentik's way to keep an application out of the library.
    private const string HiddenMark = "blank://blank";

    private static string? AddressOf(Application application)
    {
        var text = application.MetaLaunchUrl.Length > 0 ? application.MetaLaunchUrl : (application.Provider as ProxyProvider)?.ExternalHost;

        // An address such as "javascript:" in a link would run as a script.
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? text : null;
    }
}
