using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Mail;

internal sealed class QueuedMailMapping : IEntityTypeConfiguration<QueuedMail>
{
    public void Configure(EntityTypeBuilder<QueuedMail> builder) => builder.HasIndex(mail => mail.NextAttemptAt);
}
