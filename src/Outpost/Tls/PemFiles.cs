using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Tls;

internal static class PemFiles
{
    public static void Write(string certificatePath, string keyPath, X509Certificate2 certificate, ECDsa key)
    {
        // Key first: a certificate without its key would be found and not be usable.
        PrivateFile.Replace(keyPath, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        PrivateFile.Replace(certificatePath, System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
    }

    /// <summary>Null when it is not there, damaged, or key and certificate do not belong together.</summary>
    public static X509Certificate2? TryRead(string certificatePath, string keyPath)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error) || error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
