namespace Sidecar.Outpost.Tests.Scale;

/// <summary>For tests that look at the memory of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
