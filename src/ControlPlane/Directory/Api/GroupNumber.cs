using System.Buffers.Binary;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>A number for directories that need one (the schema's <c>num_pk</c>). Not a key: two groups may share it.</summary>
internal static class GroupNumber
{
    // The end of the UUID is its random part; the start is the time, nearly the same for groups made together.
    public static int Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[12..]) & int.MaxValue;
    }
}
