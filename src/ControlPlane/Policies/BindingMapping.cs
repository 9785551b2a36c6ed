using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Policies;

internal sealed class BindingMapping : IEntityTypeConfiguration<Binding>
{
    private const string OneTarget =
        "(CASE WHEN application_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN flow_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN stage_binding_id IS NULL THEN 0 ELSE 1 END) = 1";

    public void Configure(EntityTypeBuilder<Binding> builder)
    {
        builder.HasOne(binding => binding.Application).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(binding => binding.Flow).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(binding => binding.StageBinding).WithMany().OnDelete(DeleteBehavior.Cascade);

        // The binding outlives its subject and then matches nobody. Were it to go too, deleting the one group that may enter
        // would leave an application without bindings, which is open to everybody.
        builder.HasOne(binding => binding.User).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(binding => binding.Group).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_bindings_one_target", OneTarget);
            table.HasCheckConstraint("ck_bindings_at_most_one_subject", "user_id IS NULL OR group_id IS NULL");
        });
    }
}
