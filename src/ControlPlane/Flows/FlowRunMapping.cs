using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Flows;

internal sealed class FlowRunMapping : IEntityTypeConfiguration<FlowRun>
{
    public void Configure(EntityTypeBuilder<FlowRun> builder)
    {
        builder.HasIndex(run => new { run.BrowserHash, run.FlowId });
        builder.HasIndex(run => new { run.Address, run.CreatedAt });
        builder.HasIndex(run => run.ExpiresAt);
        builder.Property(run => run.Step).IsConcurrencyToken();
    }
}
