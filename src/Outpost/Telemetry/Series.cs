namespace Sidecar.Outpost.Telemetry;

/// <param name="Name">Full name in the exposition.</param>
/// <param name="Help">One line.</param>
/// <param name="Type"><c>counter</c> or <c>gauge</c>.</param>
/// <param name="Read">The value now.</param>
internal sealed record Series(string Name, string Help, string Type, Func<double> Read);
