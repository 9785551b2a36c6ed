namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>What is wrong, and where.</summary>
/// <param name="Line">In CSV the line at which the entry begins, in JSON the number of the entry, both from 1; 0: the file as a whole.</param>
/// <param name="Field">Its name; empty: the entry as a whole.</param>
/// <param name="Problem">In words for who wrote the file.</param>
internal sealed record ImportProblem(int Line, string Field, string Problem)
{
    public override string ToString() => Line == 0 ? Problem : Field.Length == 0 ? $"{Line}: {Problem}" : $"{Line}, {Field}: {Problem}";
}
