namespace Sidecar.TestKit.Corpora;

/// <summary>Names the file of a kind of row.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CorpusFileAttribute(string name) : Attribute
{
    /// <summary>Without folder and ending.</summary>
    public string Name { get; } = name;
}
