using System.Globalization;
using System.Text;
using QRCoder;

namespace Sidecar.ControlPlane.Pages;

/// <summary>A QR code as the path of an SVG: a page shows it without a script and without another request.</summary>
public sealed class QrCode
{
    private QrCode(int size, string path) => (Size, Path) = (size, path);

    /// <summary>Width and height in modules, with the quiet zone that scanners need.</summary>
    public int Size { get; }

    /// <summary>The dark modules.</summary>
    public string Path { get; }

    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < data.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < data.ModuleMatrix[row].Count; column++)
            {
                if (data.ModuleMatrix[row][column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }

        return new QrCode(data.ModuleMatrix.Count, path.ToString());
    }
}
