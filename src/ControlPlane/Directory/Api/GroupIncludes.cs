using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>How much of what is around a group an answer tells.</summary>
internal readonly record struct GroupIncludes(bool Users, bool Parents, bool Children)
{
    public static readonly GroupIncludes Default = new(Users: true, Parents: false, Children: false);

    public static GroupIncludes Read(QueryReader query)
    {
        query.Flag("include_inherited_roles", otherwise: false);
        return new GroupIncludes(
            query.Flag("include_users", Default.Users), query.Flag("include_parents", Default.Parents), query.Flag("include_children", Default.Children));
    }
}
