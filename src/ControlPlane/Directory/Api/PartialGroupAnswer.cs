using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>PartialGroup</c>: a group as others mention it.</summary>
internal sealed record PartialGroupAnswer(Guid Pk, int NumPk, string Name, bool IsSuperuser, JsonElement Attributes)
{
    public static PartialGroupAnswer Of(Group group) => new(group.Id, GroupNumber.Of(group.Id), group.Name, group.IsSuperuser, group.Attributes);
}
