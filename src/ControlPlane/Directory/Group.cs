using System.Text.Json;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory;

/// <summary>A group of users. Its members are members of its parents too.</summary>
internal sealed class Group
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name
    {
        get;
        set => field = GroupName.ProblemOf(value) is { } problem ? throw new ArgumentException(problem, nameof(value)) : value;
    }

    /// <summary>Members, also those of groups below, administer the installation.</summary>
    public bool IsSuperuser { get; set; }

    public JsonElement Attributes { get; set; } = JsonObjects.Empty;

    public List<User> Users { get; } = [];

    public List<Group> Parents { get; } = [];

    public List<Group> Children { get; } = [];
}
