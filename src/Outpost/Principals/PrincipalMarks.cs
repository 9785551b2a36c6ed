namespace Sidecar.Outpost.Principals;

/// <summary>
/// Numbers that only grow, one for every so many principals: few enough to stay in a processor's cache, enough that a change of one makes few others look again.
/// </summary>
internal sealed class PrincipalMarks
{
    // 16 KB.
    private const int Slots = 2_048;

    private readonly long[] _marks = new long[Slots];
    private long _all;

    // Ids are random.
    public static int SlotOf(Guid id) => id.GetHashCode() & (Slots - 1);

    public long Of(int slot) => Volatile.Read(ref _marks[slot]) + Volatile.Read(ref _all);

    public void Move(Guid id) => Interlocked.Increment(ref _marks[SlotOf(id)]);

    public void MoveAll() => Interlocked.Increment(ref _all);
}
