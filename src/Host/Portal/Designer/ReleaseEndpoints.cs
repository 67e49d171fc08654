using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>From draft to release: who edits, what is proposed, and the second pair of eyes.</summary>
internal static class ReleaseEndpoints
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapReleases(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/designer").Needs(Permission.ViewEServices).ExcludeFromDescription();
        read.MapGet("/{key}/draft", ShowDraftAsync);
        read.MapGet("/{key}/comparison", CompareAsync);
        read.MapGet("/{key}/releases/{hash}/{file}", DownloadAsync);
        read.MapGet("/proposals/{id:guid}", async (HttpContext http, ReleasePages pages, MarkNoticesRead notices, Guid id, CancellationToken ct) =>
        {
            await notices.LookedAtAsync(http.GetViewer(), id, ct);
            return await ShowProposalAsync(http, pages, id, [], null, ct);
        });

        var edit = app.MapGroup("/designer").Needs(Permission.EditEServices).ExcludeFromDescription();
        edit.MapPost("/{key}/draft", (HttpContext http, EditRelease use, KeptAnswers answers, string key, CancellationToken ct) =>
            DoneAsync(http, answers, key, async viewer => (await use.HandleAsync(viewer, key, ct)).Then(_ => Done.Value), $"/designer/studio/{key}", ct));
        edit.MapPost("/{key}/draft/lease", KeepAsync);
        edit.MapPost("/{key}/draft/leave", (HttpContext http, LeaveDraft use, KeptAnswers answers, string key, CancellationToken ct) =>
            DoneAsync(http, answers, key, viewer => use.HandleAsync(viewer, key, ct), $"/designer/{key}/draft", ct));
        edit.MapGet("/{key}/draft/removal", AskRemovalAsync);
        edit.MapPost("/{key}/draft/removal", (HttpContext http, DiscardDraft use, KeptAnswers answers, string key, CancellationToken ct) =>
            DoneAsync(http, answers, key, viewer => use.HandleAsync(viewer, key, ct), $"/designer/{key}?done=draft-discarded", ct));
        edit.MapPost("/{key}/releases/{hash}/draft", (HttpContext http, BringReleaseBack use, KeptAnswers answers, string key, string hash, CancellationToken ct) =>
            DoneAsync(http, answers, key, async viewer => (await use.HandleAsync(viewer, key, hash, ct)).Then(_ => Done.Value), $"/designer/{key}/draft?done=brought-back", ct));
        edit.MapPost("/{key}/proposals", ProposeAsync);
        edit.MapGet("/proposals/{id:guid}/release", AskReleaseAsync);
        edit.MapPost("/proposals/{id:guid}/release", ReleaseAsync);
        edit.MapPost("/proposals/{id:guid}/return", ReturnAsync);
        edit.MapGet("/proposals/{id:guid}/cancellation", (HttpContext http, ReleaseQuestions questions, Guid id, CancellationToken ct) => AskCancelAsync(http, questions, id, [], null, ct));
        edit.MapPost("/proposals/{id:guid}/cancellation", CancelAsync);
    }

    private static async Task<IResult> ShowDraftAsync(HttpContext http, ReleasePages pages, string key, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        return await pages.DraftAsync(http.GetViewer(), frame, key, ct) is { } view ? Pages.Draft(frame, view) : await PortalCalls.NothingHereAsync(http, ct);
    }

    private static async Task<IResult> CompareAsync(HttpContext http, ReleasePages pages, string key, int? from, int? to, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        return pages.Compare(frame, key, from ?? 0, to ?? 0) is { } view ? Pages.Comparison(frame, view) : await PortalCalls.NothingHereAsync(http, ct);
    }

    private static async Task<IResult> ShowProposalAsync(HttpContext http, ReleasePages pages, Guid id, IReadOnlyList<FieldFault> wrong, Func<string, string?>? typed, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        return await pages.ProposalAsync(http.GetViewer(), frame, id, wrong, typed, ct) is { } view ? Pages.Proposal(frame, view) : await PortalCalls.NothingHereAsync(http, ct);
    }

    // The drawing as Elsa's tools take it, or all files of the release as they are stored.
    private static async Task<IResult> DownloadAsync(HttpContext http, Catalogue catalogue, string key, string hash, string file, CancellationToken ct)
    {
        var bundle = catalogue.ByHash(hash) is { } found && found.Key == key ? found : null;
        var content = file switch { "definition.json" => bundle?.File(ReleaseDraft.DrawingFile), "bundle.json" => bundle?.Document, _ => null };
        if (content is null) return await PortalCalls.NothingHereAsync(http, ct);
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(content, Readable), "application/octet-stream", $"{key}-{hash[..12]}-{file}");
    }

    // While a page edits: who edits and what is wrong, as a part of the page; 409 where somebody else edits now.
    private static async Task<IResult> KeepAsync(HttpContext http, KeepLease keep, ReleasePages pages, string key, CancellationToken ct)
    {
        var kept = await keep.HandleAsync(http.GetViewer(), key, ct);
        var frame = Frames.Of(http);
        if (await pages.DraftAsync(http.GetViewer(), frame, key, ct) is not { } view) return await PortalCalls.NothingHereAsync(http, ct);
        return Pages.DraftState(frame, view, kept.IsRefused ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DoneAsync(HttpContext http, KeptAnswers answers, string key, Func<Viewer, Task<Result<Done>>> use, string next, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var operation = PortalCalls.Operation(http, await http.Request.ReadFormAsync(ct));
        var done = await answers.OnceAsync(viewer, operation, () => use(viewer), ct);
        return done.IsRefused ? await RefusedAsync(http, done.Refusal, key, ct) : PortalCalls.SeeOther(next);
    }

    private static async Task<IResult> ProposeAsync(HttpContext http, ProposeRelease propose, KeptAnswers answers, string key, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var proposed = await answers.OnceAsync(viewer, PortalCalls.Operation(http, form), () => propose.HandleAsync(viewer, key, form["note"].ToString(), andLeave: true, ct), ct);
        return proposed.IsRefused ? await RefusedAsync(http, proposed.Refusal, key, ct, form["note"]) : PortalCalls.SeeOther($"/designer/proposals/{proposed.Value}?done=release-proposed");
    }

    private static async Task<IResult> AskRemovalAsync(HttpContext http, ReleaseQuestions questions, string key, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        return await questions.RemovalAsync(http.GetViewer(), frame, key, ct) is { } view ? Pages.Interruption(frame, view) : await PortalCalls.NothingHereAsync(http, ct);
    }

    // The proposal's form leads here, so that nothing is released by one press.
    private static async Task<IResult> AskReleaseAsync(HttpContext http, ReleaseQuestions questions, ReleasePages pages, Guid id, string? date, string? time, CancellationToken ct)
    {
        string? Typed(string name) => http.Request.Query[name];
        var (moment, fault) = ReleaseFields.Read(date?.Trim() ?? "", time?.Trim() ?? "");
        if (moment is null) return await ShowProposalAsync(http, pages, id, [fault!], Typed, ct);
        var frame = await Frames.ForAsync(http, ct);
        if (await questions.ReleaseAsync(http.GetViewer(), frame, id, moment, ct) is not { } asked) return await PortalCalls.NothingHereAsync(http, ct);
        if (!asked.IsRefused) return Pages.Interruption(frame, asked.Value);
        return asked.Refusal is MomentCannotBeChosen ? await ShowProposalAsync(http, pages, id, asked.Refusal.Fields, Typed, ct) : await RefusedAsync(http, id, asked.Refusal, ct);
    }

    private static async Task<IResult> ReleaseAsync(HttpContext http, ReleaseProposed release, KeptAnswers answers, ReleasePages pages, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        string? Typed(string name) => form[name];
        var (moment, fault) = ReleaseFields.Read(form["date"].ToString().Trim(), form["time"].ToString().Trim());
        if (moment is null) return await ShowProposalAsync(http, pages, id, [fault!], Typed, ct);
        var released = await answers.OnceAsync(viewer, PortalCalls.Operation(http, form), () => release.HandleAsync(viewer, id, moment.From, ct), ct);
        if (!released.IsRefused) return PortalCalls.SeeOther($"/designer/proposals/{id}?done={(moment.From is null ? "eservice-released" : "release-scheduled")}");
        return released.Refusal is MomentCannotBeChosen ? await ShowProposalAsync(http, pages, id, released.Refusal.Fields, Typed, ct) : await RefusedAsync(http, id, released.Refusal, ct);
    }

    private static async Task<IResult> ReturnAsync(HttpContext http, ReturnProposal giveBack, KeptAnswers answers, ReleasePages pages, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var returned = await answers.OnceAsync(viewer, PortalCalls.Operation(http, form), () => giveBack.HandleAsync(viewer, id, form["remark"].ToString(), ct), ct);
        if (!returned.IsRefused) return PortalCalls.SeeOther($"/designer/proposals/{id}?done=proposal-returned");
        return returned.Refusal.Fields.Count > 0 ? await ShowProposalAsync(http, pages, id, returned.Refusal.Fields, name => form[name], ct) : await RefusedAsync(http, id, returned.Refusal, ct);
    }

    private static async Task<IResult> AskCancelAsync(HttpContext http, ReleaseQuestions questions, Guid id, IReadOnlyList<FieldFault> wrong, IFormCollection? typed, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        if (await questions.CancellationAsync(http.GetViewer(), frame, id, wrong, typed, ct) is not { } view) return await PortalCalls.NothingHereAsync(http, ct);
        return view.IsRefused ? await RefusedAsync(http, id, view.Refusal, ct) : Pages.Interruption(frame, view.Value);
    }

    private static async Task<IResult> CancelAsync(HttpContext http, CancelRelease cancel, KeptAnswers answers, ReleaseQuestions questions, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var cancelled = await answers.OnceAsync(viewer, PortalCalls.Operation(http, form), () => cancel.HandleAsync(viewer, id, form["reason"].ToString(), ct), ct);
        if (!cancelled.IsRefused) return PortalCalls.SeeOther($"/designer/proposals/{id}?done=release-cancelled");
        return cancelled.Refusal.Fields.Count > 0 ? await AskCancelAsync(http, questions, id, cancelled.Refusal.Fields, form, ct) : await RefusedAsync(http, id, cancelled.Refusal, ct, form["reason"]);
    }

    private static Task<IResult> RefusedAsync(HttpContext http, Refusal refusal, string key, CancellationToken ct, string? typed = null) =>
        PortalCalls.RefusedAsync(http, refusal, ct, ($"/designer/{key}", Words.Text("designer.title")), typed);

    private static Task<IResult> RefusedAsync(HttpContext http, Guid id, Refusal refusal, CancellationToken ct, string? typed = null) =>
        PortalCalls.RefusedAsync(http, refusal, ct, ($"/designer/proposals/{id}", Words.Text("designer.proposal")), typed);
}
