namespace Sidecar.Outpost.Configuration;

/// <summary>Arguments of the form <c>--name value</c>, and flags that stand alone. What is left over are files.</summary>
internal sealed class ArgumentList
{
    private readonly List<(string Name, string Value)> _values = [];
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);
    private readonly List<string> _rest = [];

    private ArgumentList() { }

    public IReadOnlyList<string> Rest => _rest;

    /// <summary>Null, and what is wrong, when an argument is not known or lacks its value.</summary>
    public static ArgumentList? TryRead(IReadOnlyList<string> arguments, IReadOnlyList<string> names, IReadOnlyList<string> flags, out string? mistake)
    {
        var list = new ArgumentList();
        mistake = null;
        for (var i = 0; i < arguments.Count && mistake is null; i++)
        {
            var argument = arguments[i];
            if (flags.Contains(argument, StringComparer.Ordinal))
            {
                list._flags.Add(argument);
            }
            else if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                list._rest.Add(argument);
            }
            else if (!names.Contains(argument, StringComparer.Ordinal))
            {
                mistake = $"{argument} is not an argument of this command";
            }
            else if (++i == arguments.Count)
            {
                mistake = $"{argument} needs a value";
            }
            else
            {
                list._values.Add((argument, arguments[i]));
            }
        }

        return mistake is null ? list : null;
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public IReadOnlyList<string> All(string name) => [.. _values.Where(pair => pair.Name == name).Select(pair => pair.Value)];

    /// <summary>Null when it is not given; given twice, the last counts.</summary>
    public string? Last(string name) => All(name) is [.., var last] ? last : null;
}
