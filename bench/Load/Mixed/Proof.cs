namespace Sidecar.Load.Mixed;

/// <summary>Something that a person shows: the ticket of one site, or an app password for all of them.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Site">Null: good at every site.</param>
/// <param name="Header">Name of the request header.</param>
/// <param name="Value">Its value.</param>
internal sealed record Proof(Person Person, Site? Site, string Header, string Value)
{
    private long _worthlessFrom = long.MaxValue;
    private int _ending;

    /// <summary>Of an app password, in the API.</summary>
    public string? TokenIdentifier { get; init; }

    /// <summary>False from the moment at which somebody began to take it back.</summary>
    public bool IsLive => Volatile.Read(ref _ending) == 0;

    /// <summary>Before the change is asked for: from now on it may be refused.</summary>
    public void BeginEnd() => Volatile.Write(ref _ending, 1);

    /// <summary>The change was answered: after the grace it must be refused, for ever.</summary>
    public void End() => Volatile.Write(ref _worthlessFrom, World.Now + World.Grace);

    /// <summary>Of one that is worthless.</summary>
    public double SecondsSinceEnd => World.SecondsSince(Volatile.Read(ref _worthlessFrom) - World.Grace);

    public bool IsWorthlessAt(long now) => now >= Volatile.Read(ref _worthlessFrom);
}
