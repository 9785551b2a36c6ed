using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Flows;

internal sealed class FlowStageBindingMapping : IEntityTypeConfiguration<FlowStageBinding>
{
    public void Configure(EntityTypeBuilder<FlowStageBinding> builder)
    {
        builder.HasIndex(binding => new { binding.FlowId, binding.StageId, binding.Order }).IsUnique();

        // Deleting a stage must not silently take a password or consent step out of a flow.
        builder.HasOne(binding => binding.Stage).WithMany().HasForeignKey(binding => binding.StageId).OnDelete(DeleteBehavior.Restrict);
    }
}
