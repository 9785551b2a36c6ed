using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Channel;

/// <summary>The newest change of the control plane that anything held here comes from.</summary>
internal sealed class HeldChanges(ServingHolder serving, PrincipalTable principals)
{
    private long _told;

    /// <param name="epoch">While no snapshot of it has come, one of the last epoch serves: its number says nothing about this one.</param>
    public long Newest(string? epoch)
    {
        var snapshot = serving.Current?.Compiled.Source is { } source && source.Epoch == epoch ? source.ChangeNumber : 0;
        return Math.Max(snapshot, principals.Revisions().Values.DefaultIfEmpty().Max());
    }

    /// <summary>As <see cref="Newest"/>, or 0 when the control plane has been told of it: it knows best, and telling it again would lead to the same.</summary>
    public long NewestUntold(string epoch) => Newest(epoch) is var newest && newest > Volatile.Read(ref _told) ? newest : 0;

    public void Told(long change) => Volatile.Write(ref _told, change);
}
