using System.Security.Cryptography;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Keys;

/// <summary>The secret key of an installation on SQLite that was given none: made once, kept in the state folder.</summary>
internal static class SecretKeyFile
{
    private const string FileName = "secret-key";

    public static string Resolve(ControlPlaneOptions options)
    {
        if (options.SecretKey.Value is { } given)
        {
            return given;
        }

        var path = Path.Combine(options.StateFolder, FileName);
        if (File.Exists(path))
        {
            return File.ReadAllText(path).Trim();
        }

        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        PrivateFile.Write(path, made);
        return made;
    }
}
