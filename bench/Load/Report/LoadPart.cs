namespace Sidecar.Load.Report;

internal sealed record LoadPart(string Name, string Date, string Machine, string Command, int Rounds, int Seconds);
