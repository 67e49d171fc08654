using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Files;

/// <summary>What the clearing house publishes to participants: the list, publishing, one file with its log, and taking it back.</summary>
internal static class PublicationEndpoints
{
    public static void MapPublications(this IEndpointRouteBuilder app)
    {
        app.MapGet("/publications", ListAsync).Needs(Permission.ViewPublications).ExcludeFromDescription();
        app.MapGet("/publications/new", AskAsync).Needs(Permission.PublishFiles).ExcludeFromDescription();
        app.MapPost("/publications", PublishAsync).Needs(Permission.PublishFiles).TakesFiles().ExcludeFromDescription();
        app.MapGet("/publications/{id:guid}", ShowAsync).Needs(Permission.ViewPublications).ExcludeFromDescription();
        app.MapGet("/publications/{id:guid}/withdrawal", AskWithdrawalAsync).Needs(Permission.PublishFiles).ExcludeFromDescription();
        app.MapPost("/publications/{id:guid}/withdrawal", WithdrawAsync).Needs(Permission.PublishFiles).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext http, DownloadPages pages, int? page, CancellationToken ct) =>
        Pages.Publications(await Frames.ForAsync(http, ct), await pages.ListAsync(http.GetViewer(), page ?? 1, ct));

    private static async Task<IResult> ShowAsync(HttpContext http, DownloadPages pages, Guid id, CancellationToken ct) =>
        await pages.OneAsync(http.GetViewer(), new AttachmentId(id), ct) is { } view ? Pages.Publication(await Frames.ForAsync(http, ct), view) : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> AskAsync(HttpContext http, PublishForms forms, CancellationToken ct) =>
        Pages.Publish(await Frames.ForAsync(http, ct), await forms.OfAsync(http.GetViewer(), null, [], ct));

    private static async Task<IResult> PublishAsync(HttpContext http, PublishFile publish, PublishForms forms, KeptAnswers answers, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var (asked, faults) = PublishForms.Read(form);
        if (form.Files.GetFile("file") is not { } file) faults = [.. faults, new FieldFault("file", "no-file", Words.Text("file.choose-first"))];
        else if (faults.Count == 0)
        {
            await using var content = file.OpenReadStream();
            var operation = PortalCalls.Operation(http, form);
            var result = await answers.OnceAsync(viewer, operation, () => publish.HandleAsync(viewer, asked! with { Name = file.FileName, Content = content, Operation = operation?.Key }, ct), ct);
            if (!result.IsRefused) return PortalCalls.SeeOther($"/publications/{result.Value.Id}?done=published");
            if (result.Refusal is NothingHere or OperationKeyWasUsedForSomethingElse) return await PortalCalls.RefusedAsync(http, result.Refusal, ct);
            faults = result.Refusal is AnswersAreIncomplete wrong ? wrong.Faults
                : [new FieldFault("file", result.Refusal.Code, PortalCalls.Texts(l => $"{Words.Of(result.Refusal, l)} {Words.NextAfter(result.Refusal, l)}"))];
        }

        return Pages.Publish(await Frames.ForAsync(http, ct), await forms.OfAsync(viewer, form, faults, ct));
    }

    private static async Task<IResult> AskWithdrawalAsync(HttpContext http, DownloadPages pages, Guid id, CancellationToken ct) =>
        await pages.OneAsync(http.GetViewer(), new AttachmentId(id), ct) is { WithdrawHref: not null } view
            ? Pages.Interruption(await Frames.ForAsync(http, ct), Withdrawal(id, view, null, []))
            : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> WithdrawAsync(HttpContext http, WithdrawPublication withdraw, DownloadPages pages, KeptAnswers answers, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var reason = form["reason"].ToString();
        var withdrawn = await answers.OnceAsync(viewer, PortalCalls.Operation(http, form), () => withdraw.HandleAsync(viewer, new AttachmentId(id), reason, ct), ct);
        if (!withdrawn.IsRefused) return PortalCalls.SeeOther($"/publications/{id}?done=publication-withdrawn");
        return withdrawn.Refusal is AnswersAreIncomplete wrong && await pages.OneAsync(viewer, new AttachmentId(id), ct) is { } view
            ? Pages.Interruption(await Frames.ForAsync(http, ct), Withdrawal(id, view, reason, wrong.Faults))
            : await PortalCalls.RefusedAsync(http, withdrawn.Refusal, ct);
    }

    private static InterruptionView Withdrawal(Guid id, PublicationView view, string? typed, IReadOnlyList<FieldFault> faults) => new(
        PortalCalls.Texts(l => Words.Of("publications.withdraw-title", l, ("name", view.Row.Name))),
        [Words.Text("publications.withdraw-stops"), Words.Text("publications.withdraw-log"), Words.Text("publications.withdraw-final")],
        $"/publications/{id}/withdrawal", Words.Text("publications.withdraw"), $"/publications/{id}")
    {
        Fields = [new FieldView("reason", FieldKind.LongText, Words.Text("publications.reason")) { MaxLength = 500, Value = typed, Fault = faults.Count > 0 ? faults[0] : null }],
        Faults = faults,
        Current = "publications",
    };
}
