using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Api;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api;

/// <summary>Saves what a request changed, in one transaction: everything or nothing.</summary>
internal sealed class ApiSave(ControlPlaneContext context, Superusers superusers, SignInWay signIn, Impersonation impersonation, ChangeTrail trail)
{
    /// <summary>Null: saved. A body with mistakes changes nothing.</summary>
    public async Task<IResult?> SaveAsync(JsonBody body, CancellationToken cancel) =>
        body.Finish() ? await SaveAsync(cancel) : ApiResults.Invalid(body.Errors);

    /// <summary>Null: saved.</summary>
    public Task<IResult?> SaveAsync(CancellationToken cancel) => SaveAsync(
        async step =>
        {
            await step();
            return null;
        },
        keeps: true,
        cancel);

    /// <summary>Several saves of which the later ones need what the earlier ones made. Null: done.</summary>
    /// <param name="work">Changes the context and calls what it is given, as often as it needs; what it answers ends everything, and nothing was done.</param>
    /// <param name="keeps">False: everything is checked, and nothing is kept.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<IResult?> SaveAsync(Func<Func<Task>, Task<IResult?>> work, bool keeps, CancellationToken cancel)
    {
        await using var write = await context.BeginWriteAsync(cancel);
        var administered = await superusers.AnyActiveAsync(cancel);
        var (guarded, open) = (false, false);
        try
        {
            if (await work(StepAsync) is { } refusal)
            {
                return refusal;
            }

            await impersonation.EndUnfitAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Looked for before, so somebody else was faster.
            return ApiResults.Invalid(FieldErrors.NoField, "Another request changed the same object, or took the same name, at the same time. Read it again and retry.");
        }

        if (administered && !await superusers.AnyActiveAsync(cancel))
        {
            return ApiResults.Invalid(
                FieldErrors.NoField, "This would leave no active user who can administer the installation. Put another user into a superuser group first.");
        }

        if (open && !await signIn.IsOpenAsync(cancel))
        {
            return ApiResults.Invalid(
                FieldErrors.NoField,
                "After this nobody could sign in any more: the default brand's sign-in flow must ask for a name, prove it and then sign in. Choose another flow in the brand first, or change it in another order.");
        }

        if (keeps)
        {
            await write.CommitAsync(cancel);
        }

        return null;

        async Task StepAsync()
        {
            if (!guarded && signIn.MayChange)
            {
                (guarded, open) = (true, await signIn.IsOpenAsync(cancel));
            }

            trail.Detect();
            await context.SaveChangesAsync(cancel);
            await trail.RecordAsync(cancel);
        }
    }
}
