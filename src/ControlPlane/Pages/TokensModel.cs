namespace Sidecar.ControlPlane.Pages;

/// <summary>One token of the user.</summary>
/// <param name="Id">For its form.</param>
/// <param name="Identifier">Its name for the API.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Kind">App password or API token.</param>
/// <param name="End">When it ends, in words.</param>
public sealed record TokenEntry(Guid Id, string Identifier, string Description, string Kind, string End);

/// <summary>A user's tokens and app passwords.</summary>
public sealed record TokensModel(OwnFrame Frame, IReadOnlyList<TokenEntry> Tokens, IReadOnlyList<int> Lives)
{
    /// <summary>The secret of the one that this request made.</summary>
    public string? Made { get; init; }

    /// <summary>Why none was made.</summary>
    public string? Problem { get; init; }

    // A record prints its members; a secret must not get into a log by that.
    public override string ToString() => nameof(TokensModel);
}
