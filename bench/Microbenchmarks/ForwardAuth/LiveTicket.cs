namespace Sidecar.Microbenchmarks.ForwardAuth;

/// <param name="Host">Of the application that it is for.</param>
/// <param name="Cookie">Name and value.</param>
internal sealed record LiveTicket(string Host, string Cookie);
