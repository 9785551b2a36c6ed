using System.Globalization;
using System.Net;

namespace Sidecar.ControlPlane.Configuration.Values;

/// <summary>Where to listen: <c>0.0.0.0:9000</c>, <c>[::]:9000</c>, <c>:9000</c>, <c>localhost:9000</c>.</summary>
internal readonly record struct ListenAddress(IPAddress Address, int Port)
{
    public const string DefaultHttp = "0.0.0.0:9000";

    public static bool TryParse(string text, out ListenAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[..colon];
        var ip = host switch
        {
            "" => IPAddress.Any,
            "localhost" => IPAddress.Loopback,
            ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var v6) ? v6 : null,
            _ => IPAddress.TryParse(host, out var v4) && v4.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? v4 : null,
        };
        address = new ListenAddress(ip ?? IPAddress.None, port);
        return ip is not null;
    }

    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
