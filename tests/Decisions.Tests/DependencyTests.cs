namespace Sidecar.Decisions.Tests;

public sealed class DependencyTests
{
    // No I/O, no ASP.NET, no package: what decides must be the same pure code in both programs.
    [Fact]
    public void Decisions_needs_the_contracts_and_the_runtime_only() => Assert.All(
        typeof(DecisionEngine).Assembly.GetReferencedAssemblies(),
        reference => Assert.True(reference.Name is "Sidecar.Contracts" || reference.Name!.StartsWith("System.", StringComparison.Ordinal), reference.Name));
}
