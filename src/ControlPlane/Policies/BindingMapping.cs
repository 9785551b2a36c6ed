using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Policies;

internal sealed class BindingMapping : IEntityTypeConfiguration<Binding>
{
    private const string OneTarget =
        "(CASE WHEN application_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN flow_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN stage_binding_id IS NULL THEN 0 ELSE 1 END)"
        + " + (CASE WHEN rule_id IS NULL THEN 0 ELSE 1 END) = 1";

    private const string OneSubject =
        "(CASE WHEN policy_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) <= 1";

    // Outposts decide at applications, and they have no policies: such a binding would be a lock that is only painted on.
    private const string NoPolicyAtApplications = "policy_id IS NULL OR application_id IS NULL";

    public void Configure(EntityTypeBuilder<Binding> builder)
    {
        builder.HasOne(binding => binding.Application).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(binding => binding.Flow).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(binding => binding.Rule).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(binding => binding.StageBinding).WithMany().OnDelete(DeleteBehavior.Cascade);

        // The binding outlives its subject and then matches nobody. Were it to go too, deleting the one group that may enter
        // would leave an application without bindings, which is open to everybody.
        builder.HasOne(binding => binding.Policy).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(binding => binding.User).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(binding => binding.Group).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_bindings_one_target", OneTarget);
            table.HasCheckConstraint("ck_bindings_at_most_one_subject", OneSubject);
            table.HasCheckConstraint("ck_bindings_no_policy_at_applications", NoPolicyAtApplications);
        });
    }
}
