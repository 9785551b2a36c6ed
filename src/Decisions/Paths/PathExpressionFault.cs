namespace Sidecar.Decisions.Paths;

/// <summary>Why an expression is refused, and where (from 0).</summary>
internal readonly record struct PathExpressionFault(int Position, string Message);
