using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Mail.Templates;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>stages/invitation/invitations</c>.</summary>
internal static class InvitationsApi
{
    private const int MaxAddresses = 100;

    private static readonly Ordering<Invitation> Ordering = new Ordering<Invitation>(byDefault: "name", unique: "pk")
        .With("name", invitation => invitation.Name)
        .With("expires", invitation => invitation.ExpiresAt)
        .With("pk", invitation => invitation.Id);

    public static void MapInvitationsApi(this IEndpointRouteBuilder api)
    {
        var invitations = api.MapGroup("stages/invitation/invitations");
        invitations.MapGet("/", ListAsync).ForSuperusers();
        invitations.MapPost("/", CreateAsync).ForSuperusers();
        invitations.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        invitations.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        invitations.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        invitations.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSuperusers();
        invitations.MapPost("/{id:guid}/send_email/", SendAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await Filtered(Rows(context), query).ListAsync(query, Ordering, InvitationAnswer.Of, cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) => await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, ApiCaller caller, InvitationFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var invitation = new Invitation { Name = "", CreatedById = caller.User.Id };
        await fields.ApplyAsync(body, invitation, cancel);
        context.Invitations.Add(invitation);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(invitation.Id, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(Guid id, JsonBody body, InvitationFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Invitations.SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } invitation)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, invitation, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Invitations.SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } invitation)
        {
            return ApiResults.NotFound();
        }

        context.Invitations.Remove(invitation);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> UsedByAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Invitations.AnyAsync(row => row.Id == id, cancel) ? ApiResults.Json(await References.None(id)) : ApiResults.NotFound();

    /// <summary>One mail to each address, so that nobody sees who else is invited; whoever is in <c>cc_addresses</c> and <c>bcc_addresses</c> gets a copy of each.</summary>
    private static async Task<IResult> SendAsync(
        Guid id, HttpContext http, JsonBody body, ApiSave save, ControlPlaneContext context, MailOutbox outbox, MailTemplates templates, BrandReader brands, TimeProvider time,
        CancellationToken cancel)
    {
        if (await Rows(context).SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } invitation)
        {
            return ApiResults.NotFound();
        }

        body.Require("email_addresses");
        var to = AddressesIn(body, "email_addresses");
        var (cc, bcc) = (AddressesIn(body, "cc_addresses"), AddressesIn(body, "bcc_addresses"));
        if (body.TryText("template", out var template))
        {
            body.Refuses("template", template is not ("invitation" or MailTemplates.Invitation), $"\"{template}\" is not a valid choice.");
        }

        var publicUrl = (await InstallationView.ReadAsync(context, cancel)).PublicUrl;
        body.Refuses(FieldErrors.NoField, invitation.Flow is null, "Choose the invitation's flow first: without one there is no address to send.");
        body.Refuses(FieldErrors.NoField, invitation.Flow is { } into && !invitation.IsLiveFor(into.Id, time.GetUtcNow()), "This invitation has expired.");
        body.Refuses(FieldErrors.NoField, publicUrl.Length == 0, "This server does not know its own address yet. Set AUTHENTIK_HOST.");
        if (!body.Errors.Any)
        {
            var url = PublicUrls.PageOf(publicUrl, Addresses.OfFlow(invitation.Flow!.Slug, $"{InvitationBook.QueryKey}={invitation.Id:D}"));
            var mail = templates.Render(MailTemplates.Invitation, new Dictionary<string, string>
            {
                ["brand"] = (await brands.LookAsync(http)).Title,
                ["url"] = url,
                ["until"] = invitation.ExpiresAt is { } end ? MailText.Moment(end) : "",
            });
            foreach (var address in to)
            {
                outbox.Add(context, new OutgoingMail { To = [address], Cc = cc, Bcc = bcc, Subject = "You are invited", Body = mail, Until = invitation.ExpiresAt });
            }
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.NoContent();
    }

    private static List<string> AddressesIn(JsonBody body, string field)
    {
        if (body.Find(field) is not { } list)
        {
            return [];
        }

        var texts = list.ValueKind == System.Text.Json.JsonValueKind.Array ? list.EnumerateArray().Select(item => item.ToString()).ToList() : [];
        return body.Refuses(field, list.ValueKind != System.Text.Json.JsonValueKind.Array || texts.Count > MaxAddresses, $"Must be a list of at most {MaxAddresses} addresses.")
            || body.Refuses(field, texts.Find(text => !EmailText.IsValid(text)) is not null, "Must be e-mail addresses.") ? [] : texts;
    }

    private static async Task<IResult> AnswerAsync(Guid id, ControlPlaneContext context, int status, CancellationToken cancel) =>
        await Rows(context).SingleOrDefaultAsync(row => row.Id == id, cancel) is { } invitation ? ApiResults.Json(InvitationAnswer.Of(invitation), status) : ApiResults.NotFound();

    private static IQueryable<Invitation> Rows(ControlPlaneContext context) =>
        context.Invitations.AsNoTracking().Include(row => row.CreatedBy).Include(row => row.Flow).ThenInclude(flow => flow!.StageBindings);

    private static IQueryable<Invitation> Filtered(IQueryable<Invitation> invitations, QueryReader query)
    {
        if (query.TryText("name", out var name))
        {
            invitations = invitations.Where(row => row.Name == name);
        }

        if (query.TryText("created_by__username", out var username))
        {
            invitations = invitations.Where(row => row.CreatedBy!.Username == username);
        }

        if (query.TryText("flow__slug", out var slug))
        {
            invitations = invitations.Where(row => row.Flow!.Slug == slug);
        }

        if (query.TryTime("expires", out var expires))
        {
            invitations = invitations.Where(row => row.ExpiresAt == expires);
        }

        return invitations.Searched(query, row => row.Name, row => row.CreatedBy!.Username);
    }
}
