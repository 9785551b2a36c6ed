using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Flows;

internal sealed class PromptMapping : IEntityTypeConfiguration<Prompt>
{
    public void Configure(EntityTypeBuilder<Prompt> builder)
    {
        builder.HasIndex(prompt => prompt.Name).IsUnique();
        builder.HasMany(prompt => prompt.Stages).WithMany().UsingEntity<StagePrompt>(
            right => right.HasOne<Stage>().WithMany().HasForeignKey(link => link.StageId),
            left => left.HasOne<Prompt>().WithMany().HasForeignKey(link => link.PromptId),
            join => join.ToTable("stage_prompts").HasKey(link => new { link.StageId, link.PromptId }));
    }
}
