using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Policies.Reputations;

internal sealed class ReputationScoreMapping : IEntityTypeConfiguration<ReputationScore>
{
    public void Configure(EntityTypeBuilder<ReputationScore> builder)
    {
        builder.ToTable("reputation_scores");
        builder.HasIndex(score => new { score.Account, score.Address }).IsUnique();
        builder.HasIndex(score => score.Address);
        builder.HasIndex(score => score.UpdatedAt);
    }
}
