namespace Sidecar.Outpost.Channel;

/// <summary>A body without an end, of which only so much may come at a time: the reader says when the count begins anew.</summary>
/// <param name="inner">The body.</param>
/// <param name="most">Bytes between two calls of <see cref="BeginAnew"/>.</param>
internal sealed class BoundedStream(Stream inner, long most) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void BeginAnew() => _count = 0;

    /// <exception cref="IOException">There was more than may come at a time.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _count += read;
        return _count <= most ? read : throw new IOException($"more than {most} bytes came without a whole event");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
