namespace Sidecar.Outpost.Tests.Properties;

/// <summary>What may change between two requests; each of them turns over.</summary>
internal enum Happening
{
    Nothing,

    /// <summary>Everything is again as it was in the beginning.</summary>
    AllIsWell,

    /// <summary>Ana leaves the staff, or comes back.</summary>
    AnaMoves,

    /// <summary>Ana is deactivated, or activated.</summary>
    AnaIsSwitched,

    /// <summary>Ana's session ends; a later turn brings the same one back.</summary>
    AnasSessionTurns,

    /// <summary>Ana's app password is removed, or made again.</summary>
    AnasPasswordTurns,

    /// <summary>The wiki's public paths are closed, or opened.</summary>
    PublicPathsTurn,

    /// <summary>Three minutes pass: some tickets end, and what is signed anew every five.</summary>
    TimePasses,

    /// <summary>The control plane's ticket key is replaced, or put back.</summary>
    KeyTurns,
}
