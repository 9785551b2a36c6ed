using System.Globalization;
using System.Net;
using Sidecar.ControlPlane.Configuration.Values;

namespace Sidecar.ControlPlane.Configuration;

/// <summary>Reads variables and gathers every mistake, so that the administrator sees them all at once.</summary>
internal sealed class EnvironmentReader(Func<string, string?> variable)
{
    private readonly List<string> _mistakes = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    public void Mistake(string name, string what) => _mistakes.Add($"{name}: {what}");

    /// <summary>The value, with <c>file://</c> and <c>env://</c> followed; null when unset or empty.</summary>
    public string? Text(string name)
    {
        var raw = variable(name);
        if (string.IsNullOrEmpty(raw))
        {
            return null;
        }

        var value = IndirectValue.Resolve(raw, variable, out var mistake);
        if (mistake is not null)
        {
            Mistake(name, mistake);
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    public string Text(string name, string fallback) => Text(name) ?? fallback;

    public bool Flag(string name, bool fallback)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null:
                return fallback;
            case "true" or "1" or "yes" or "on":
                return true;
            case "false" or "0" or "no" or "off":
                return false;
            default:
                Mistake(name, "must be true or false");
                return fallback;
        }
    }

    public int Number(string name, int fallback, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Mistake(name, $"must be a whole number from {min} to {max}");
        return fallback;
    }

    public ListenAddress Listen(string name, string fallback)
    {
        if (ListenAddress.TryParse(Text(name, fallback), out var address))
        {
            return address;
        }

        Mistake(name, "must be an IP address and a port, such as 0.0.0.0:9000 or [::]:9000");
        return default;
    }

    public IReadOnlyList<IPNetwork> Networks(string name, string fallback)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in Text(name, fallback).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                Mistake(name, $"'{part}' is not a network in CIDR form, such as 10.0.0.0/8");
            }
        }

        return networks;
    }
}
