using Sidecar.ControlPlane.Configuration;
using Sidecar.TestKit.Documentation;

namespace Sidecar.ControlPlane.Tests.Configuration;

public sealed class ConfigurationReferenceTests
{
    [Fact]
    public void The_reference_says_what_the_options_say()
    {
        var reference = new ConfigurationReference(Path.Combine(AppContext.BaseDirectory, "sidecar.xml"));
        ControlPlaneOptions.TryRead(reference.Read, out _, out _);

        reference.Check("src/ControlPlane/Configuration/README.md");
    }
}
