using Sidecar.Outpost.Configuration;
using Sidecar.TestKit.Documentation;

namespace Sidecar.Outpost.Tests.Configuration;

public sealed class ConfigurationReferenceTests
{
    [Fact]
    public void The_reference_says_what_the_options_say()
    {
        var reference = new ConfigurationReference(Path.Combine(AppContext.BaseDirectory, "sidecar-outpost.xml"));
        OutpostOptionsReader.TryRead(reference.Read, [], out _);

        reference.Check("src/Outpost/Configuration/README.md");
    }
}
