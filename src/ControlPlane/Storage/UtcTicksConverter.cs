using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sidecar.ControlPlane.Storage;

/// <summary>SQLite has no type for moments that it could order: the ticks, as a number.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(value => value.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
