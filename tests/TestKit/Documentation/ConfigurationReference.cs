using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Documentation;

/// <summary>
/// The table of a program's environment variables, made from what its options read and how their documentation comments describe it: the summary of a
/// property that begins with the variable's name, or an item of a list.
/// </summary>
public sealed partial class ConfigurationReference
{
    /// <summary>With it set, the test writes the table instead of comparing it.</summary>
    public const string WriteVariable = "SIDECAR_WRITE_REFERENCE";

    private const string Begin = "<!-- variables: made from the options; SIDECAR_WRITE_REFERENCE=1 writes it anew -->";
    private const string End = "<!-- variables: end -->";

    private readonly List<string> _names = [];
    private readonly HashSet<string> _silent;
    private readonly Dictionary<string, string> _meanings = new(StringComparer.Ordinal);

    /// <param name="documentation">The compiler's file of documentation comments.</param>
    /// <param name="silent">Variables that programs set for each other.</param>
    public ConfigurationReference(string documentation, params string[] silent)
    {
        _silent = [.. silent];
        foreach (var summary in XDocument.Load(documentation).Descendants("summary"))
        {
            foreach (var item in summary.Descendants("item"))
            {
                _meanings.Add(item.Element("term")!.Value, TextOf(item.Element("description")!));
            }

            if (OfOne().Match(TextOf(summary)) is { Success: true } one)
            {
                _meanings.Add(one.Groups["name"].Value, one.Groups["meaning"].Value);
            }
        }
    }

    /// <summary>An environment in which everything is set, so that what depends on something else is read too.</summary>
    public string? Read(string name)
    {
        if (!_names.Contains(name))
        {
            _names.Add(name);
        }

        return "1";
    }

    /// <summary>Fails when the document does not say what the options say.</summary>
    /// <param name="document">Path in the repository.</param>
    public void Check(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{document} has no place for the table: {Begin} and {End}");
        }

        var should = text[..(from + Begin.Length)] + "\n" + Table() + text[to..];
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            File.WriteAllText(path, should);
        }
        else if (text != should)
        {
            throw new InvalidOperationException($"{document} is not what the options say; run this test with {WriteVariable}=1. It should have:\n{Table()}");
        }
    }

    private string Table()
    {
        var table = new StringBuilder("| variable | what |\n|---|---|\n");
        foreach (var name in _names.Where(name => !_silent.Contains(name)).Order(StringComparer.Ordinal))
        {
            var meaning = _meanings.GetValueOrDefault(name) ?? throw new InvalidOperationException($"No documentation comment begins with <c>{name}</c>:");
            table.Append($"| `{name}` | {char.ToUpperInvariant(meaning[0])}{meaning[1..]} |\n");
        }

        return table.ToString();
    }

    private static string TextOf(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Value,
        XElement { Name.LocalName: "list" } => "",
        XText text => text.Value,
        XElement other => TextOf(other),
        _ => "",
    })), " ").Trim();

    [GeneratedRegex("^`(?<name>(AUTHENTIK|SIDECAR)_[A-Z_]+)`: (?<meaning>.+)$")]
    private static partial Regex OfOne();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
