namespace Sidecar.Outpost.SignIn;

/// <summary>What an authorization response says (RFC 6749 section 4.1.2, RFC 9207). A member that comes twice counts as missing.</summary>
internal sealed record CallbackQuery(string? Code, string? State, string? Error, string? Issuer)
{
    public static CallbackQuery Read(ReadOnlySpan<char> query) => new(
        QueryReader.Single(query, "code"), QueryReader.Single(query, "state"), QueryReader.Single(query, "error"), QueryReader.Single(query, "iss"));

    /// <summary>The error code, fit for a page: the characters that RFC 6749 allows, and not many.</summary>
    public string ErrorText => Error is null ? ""
        : string.Concat(Error.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.').Take(64));
}
