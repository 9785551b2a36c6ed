using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sidecar.ControlPlane.Storage;

/// <summary>PostgreSQL stores moments, not offsets, and refuses any but UTC.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(value => value.ToUniversalTime(), value => value);
