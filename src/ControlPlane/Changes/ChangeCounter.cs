namespace Sidecar.ControlPlane.Changes;

/// <summary>
/// The one row from which changes take their numbers, in the transaction that makes them. Its lock is held until that transaction
/// commits, so number order is commit order; a sequence would show a lower number after a higher one and a reader would miss it.
/// </summary>
internal sealed class ChangeCounter
{
    public const int TheRow = 1;

    public int Id { get; init; } = TheRow;

    public long Newest { get; set; }

    /// <summary>Changes up to this number have been deleted.</summary>
    public long Trimmed { get; set; }

    public int LastUserPk { get; set; }
}
