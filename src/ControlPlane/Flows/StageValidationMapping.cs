using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Policies;

namespace Sidecar.ControlPlane.Flows;

internal sealed class StageValidationMapping : IEntityTypeConfiguration<StageValidation>
{
    public void Configure(EntityTypeBuilder<StageValidation> builder)
    {
        builder.ToTable("stage_validations");
        builder.HasKey(link => new { link.StageId, link.PolicyId });
        builder.HasOne<Stage>().WithMany().HasForeignKey(link => link.StageId);
        builder.HasOne<Policy>().WithMany().HasForeignKey(link => link.PolicyId);
    }
}
