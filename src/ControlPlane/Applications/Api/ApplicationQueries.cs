using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>Which applications a list holds, and in which order.</summary>
internal static class ApplicationQueries
{
    public static readonly Ordering<Application> Ordering = new Ordering<Application>(byDefault: "name", unique: "pk")
        .With("pk", application => application.Id)
        .With("name", application => application.Name)
        .With("slug", application => application.Slug)
        .With("group", application => application.Group)
        .With("meta_publisher", application => application.MetaPublisher)
        .With("provider", application => application.ProviderId);

    public static IQueryable<Application> Rows(ControlPlaneContext context) =>
        context.Applications.AsNoTracking().Include(application => application.Provider);

    public static IQueryable<Application> Filtered(this IQueryable<Application> applications, QueryReader query)
    {
        if (query.TryText("name", out var name))
        {
            applications = applications.Where(application => application.Name == name);
        }

        if (query.TryText("slug", out var slug))
        {
            applications = applications.Where(application => application.Slug == slug);
        }

        if (query.TryText("group", out var group))
        {
            applications = applications.Where(application => application.Group == group);
        }

        if (query.TryText("meta_launch_url", out var launch))
        {
            applications = applications.Where(application => application.MetaLaunchUrl == launch);
        }

        if (query.TryText("meta_description", out var description))
        {
            applications = applications.Where(application => application.MetaDescription == description);
        }

        if (query.TryText("meta_publisher", out var publisher))
        {
            applications = applications.Where(application => application.MetaPublisher == publisher);
        }

        if (query.TryFlag("only_with_launch_url", out var launched) && launched)
        {
            applications = applications.Where(application => application.MetaLaunchUrl != "" || application.Provider is ProxyProvider);
        }

        return applications.Searched(
            query, application => application.Name, application => application.Slug, application => application.Group,
            application => application.MetaDescription, application => application.MetaPublisher);
    }
}
