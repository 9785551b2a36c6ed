using Sidecar.Demo.Processes;
using Sidecar.EndToEnd.Tests.Compose;

namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>The published programs with the compose file's settings.</summary>
[Trait("Kind", "Slow")]
public sealed class ComposeAsProcessesTests : ComposeTests
{
    internal override ChildCommand Place(ComposeFile compose, string service, ChildCommand command) => command;
}
