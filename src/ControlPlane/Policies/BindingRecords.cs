using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Policies;

/// <summary>A binding as the decision engine reads it.</summary>
internal static class BindingRecords
{
    public static BindingRecord Of(Binding binding) => new()
    {
        Order = binding.Order,
        Subject = binding switch
        {
            { UserId: not null } => BindingSubject.User,
            { GroupId: not null } => BindingSubject.Group,

            // Its user or group is gone: it matches nobody, and it is still there, so that the application does not become open to everybody.
            _ => BindingSubject.Unknown,
        },
        SubjectId = binding.UserId ?? binding.GroupId ?? Guid.Empty,
        Negate = binding.Negate,
        Enabled = binding.Enabled,
        FailureResult = binding.FailureResult && (binding.UserId ?? binding.GroupId) is not null,
    };
}
