namespace Sidecar.Decisions;

/// <summary>
/// Id and help of every <see cref="Reason"/>. An id is API: dashboards, alerts and scripts hold it, so it is never renamed; a new meaning is a new reason.
/// </summary>
public static class Reasons
{
    // Indexed by the enum's value: a lookup on the request path is one array read of a constant string.
    private static readonly (string Id, string Help)[] Table = Build();

    /// <summary>Constant, kebab-case, for machines.</summary>
    public static string IdOf(Reason reason) => At(reason).Id;

    /// <summary>One sentence for an administrator: what it means and what to change.</summary>
    public static string HelpOf(Reason reason) => At(reason).Help;

    private static (string Id, string Help) At(Reason reason) => (int)reason < Table.Length ? Table[(int)reason] : Table[0];

    private static (string Id, string Help)[] Build()
    {
        var values = Enum.GetValues<Reason>();
        var table = new (string, string)[values.Length];
        foreach (var reason in values)
        {
            table[(int)reason] = ReasonTexts.Of(reason);
        }

        return table;
    }
}
