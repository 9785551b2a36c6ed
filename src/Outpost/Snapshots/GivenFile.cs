using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Snapshots;

/// <summary>Files that an administrator names on the command line.</summary>
internal static class GivenFile
{
    /// <exception cref="OutpostStartException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            throw new OutpostStartException($"{path} cannot be read: {error.Message}");
        }
    }

    /// <exception cref="OutpostStartException">It is not what it should be.</exception>
    public static T Parse<T>(string path, ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("it holds null");
        }
        catch (JsonException error)
        {
            throw new OutpostStartException($"{path} is not a {typeof(T).Name}: {error.Message}");
        }
    }
}
