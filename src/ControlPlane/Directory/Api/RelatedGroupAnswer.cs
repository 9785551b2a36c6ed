using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>RelatedGroup</c>: a parent or a child.</summary>
internal sealed record RelatedGroupAnswer(Guid Pk, string Name, bool IsSuperuser, JsonElement Attributes, Guid GroupUuid)
{
    public static RelatedGroupAnswer Of(Group group) => new(group.Id, group.Name, group.IsSuperuser, group.Attributes, group.Id);
}
