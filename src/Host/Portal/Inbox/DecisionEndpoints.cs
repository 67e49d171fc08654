using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>Deciding a task, and going on to the next one of the view that it was opened from.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/tasks/{id}/decision", DecideAsync).Needs(Permission.DecideTasks).IsClick().TakesFiles().ExcludeFromDescription();
        app.MapGet("/tasks/{id}/decision", BackAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
    }

    // A page that came back after a note or a message has this address: opened again it is the task.
    private static async Task<IResult> BackAsync(HttpContext http, ReadTask read, string id, CancellationToken ct) =>
        await TaskEndpoints.FindAsync(read, http.GetViewer(), id, ct) is { } content ? PortalCalls.SeeOther($"/tasks/{content.Task.Id}") : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> DecideAsync(HttpContext http, DecideTask decide, ReadTask read, TaskPages pages, NextTasks next, Notes notes, SendMessage messages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await TaskEndpoints.FindAsync(read, viewer, id, ct) is not { } content) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var definition = content.Request.Form;
        var posted = PostedDecision.Read(form, definition);
        var series = Series.From(form["in"]) is { } view ? view with { ClaimsNext = form["then"] == "claim" } : null;
        var page = new DecidedPage(http, pages, content, form, series, id);
        switch (posted.Outcome)
        {
            case PostedDecision.Nothing: return await page.AgainAsync(posted, ct);
            case PostedDecision.FillLines: return await page.AgainAsync(posted.ForAllLines(definition, Outcomes.Open(content.Request)?.Select(n => n - 1) ?? Enumerable.Range(0, Outcomes.LineCount(content.Request))), ct);
            case PostedDecision.AddNote: return await NotedAsync(page, posted, await notes.AddAsync(viewer, content.Request.Id, posted.Note, ct), ct);
            case PostedDecision.SendMessage when !content.IsOutside: return await WrittenAsync(page, posted, await PostedMessage.SendAsync(http, messages, content.Request.Id, form, ct), ct);
        }

        // Whoever decides has said all: what stands in the box would be lost.
        if (!content.IsOutside && PostedMessage.Unsent(form) is { } left) return await page.AgainAsync(posted, ct, unsent: [left]);

        var decided = await decide.HandleAsync(viewer, content.Task.Id, posted.ToDecision(content.Task.Kind), PortalCalls.Operation(http, form), ct);
        if (!decided.IsRefused) return PortalCalls.SeeOther(await next.AfterAsync(viewer, content, posted.Outcome, series, ct));
        return decided.Refusal switch
        {
            ContentHasChanged changed => await page.AgainAsync(posted, ct, changed: changed),
            { Fields.Count: > 0 } faulty and (AnswersAreIncomplete or SayWhy or MarketIsClosedThen) => await page.AgainAsync(posted, ct, faulty.Fields),
            _ => await TaskEndpoints.RefusedAsync(http, id, decided.Refusal, series, posted.Reason, ct),
        };
    }

    private static async Task<IResult> NotedAsync(DecidedPage page, PostedDecision posted, Result<Done> added, CancellationToken ct) => added.IsRefused
        ? await TaskEndpoints.RefusedAsync(page.Http, page.Id, added.Refusal, page.Series, posted.Note, ct)
        : await page.AgainAsync(posted, ct, banner: new Banner(BannerKind.Success, Words.Text("done.noted")));

    private static async Task<IResult> WrittenAsync(DecidedPage page, PostedDecision posted, Result<SentMessage> sent, CancellationToken ct)
    {
        if (!sent.IsRefused) return await page.AgainAsync(posted, ct, banner: new Banner(BannerKind.Success, Words.Text("done.message-sent")), isSent: true);
        return PostedMessage.Faults(sent.Refusal) is { } wrong
            ? await page.AgainAsync(posted, ct, unsent: wrong)
            : await TaskEndpoints.RefusedAsync(page.Http, page.Id, sent.Refusal, page.Series, page.Form[PostedMessage.Text], ct);
    }

    /// <summary>The page that the decision was sent from, to be shown once more with all that was typed.</summary>
    private sealed record DecidedPage(HttpContext Http, TaskPages Pages, TaskContent Content, IFormCollection Form, Series? Series, string Id)
    {
        /// <param name="faults">Of the decision.</param>
        /// <param name="unsent">What is wrong with the message beside it.</param>
        /// <param name="isSent">The message's box is empty again.</param>
        public async Task<IResult> AgainAsync(
            PostedDecision said, CancellationToken ct, IReadOnlyList<FieldFault>? faults = null, ContentHasChanged? changed = null, Banner? banner = null, IReadOnlyList<FieldFault>? unsent = null, bool isSent = false)
        {
            var frame = await Frames.ForAsync(Http, ct) with { Path = PortalCalls.Address($"/tasks/{Id}", ("in", Series?.Text)), Banner = banner };
            var page = (await Pages.OfAsync(Http.GetViewer(), frame, Content, Series, said, faults ?? [], ct)).WithMessage(isSent ? string.Empty : Form[PostedMessage.Text].ToString(), unsent ?? []);
            return Portal.Pages.Task(frame, changed is null ? page : page with { IsStale = true, Changed = Rows(Content.Request.Form, changed, frame.Language) });
        }
    }

    private static IReadOnlyList<DifferenceRow> Rows(FormDefinition form, ContentHasChanged changed, string language) =>
        [.. changed.Differences.Select(d => new DifferenceRow(What(form, d.Path), AnswerWords.Plain(d.Before, language), AnswerWords.Plain(d.After, language)))];

    // "answers.…" is a place of the form; what the register holds is named as the register names it.
    private static LocalText What(FormDefinition form, string path)
    {
        const string Answers = "answers.";
        if (path.StartsWith(Answers, StringComparison.Ordinal)) return FieldWords.Of(form, path[Answers.Length..]);
        var name = path[(path.LastIndexOf('.') + 1)..];
        var field = form.Fields.Concat(form.Fields.SelectMany(f => f.Columns)).FirstOrDefault(f => f.Name == name);
        var where = path.Split('.', '[')[0];
        return PortalCalls.Texts(l => $"{(Words.Has("content." + where) ? Words.Of("content." + where, l) : where)}: {field?.Label.In(l) ?? name}");
    }
}

/// <summary>Where to go after a decision: the next task of the same view, with a sentence of what was done; else the request itself.</summary>
internal sealed class NextTasks(InboxSeries tasks, ClaimNext claim, ReadTask read)
{
    public async Task<string> AfterAsync(Viewer viewer, TaskContent decided, string outcome, Series? series, CancellationToken ct)
    {
        // Of another participant's request there is nothing to see but the task, which is done.
        if (decided.IsOutside) return PortalCalls.WithDone("/inbox", "answer.done", decided.Request.Number);

        // A participant's checker wants to see that it was received; the clearing house goes on.
        if (series is null || !viewer.IsClearingHouse) return $"/requests/{decided.Request.Id}?done=decided";
        var (done, at) = await DoneAsync(viewer, decided, outcome, ct);
        string Then(string href, string then) => PortalCalls.WithDone(href, done, decided.Request.Number, then, at);
        if (await tasks.NextAsync(viewer, series.View, ct) is not { } next) return Then(series.Href, "last");
        if (!series.ClaimsNext || next.ClaimedBy == viewer.User) return Then(series.TaskHref(next.Id), "next");
        var claimed = await claim.HandleAsync(viewer, series.View, null, ct);
        return claimed.IsRefused ? Then(series.TaskHref(next.Id), "next") : Then(series.TaskHref(claimed.Value), "claimed");
    }

    // What another approval may follow is looked at once more: only where the request stands now says whether one does.
    private async Task<(string Done, string? At)> DoneAsync(Viewer viewer, TaskContent decided, string outcome, CancellationToken ct)
    {
        var done = $"{decided.Task.Kind.ToString().ToLowerInvariant()}{(outcome != Decision.Return && FurtherApprovals.IsLastWord(decided) ? ".only" : "")}.{outcome}";
        if (outcome != Decision.Approve || !FurtherApprovals.MayFollow(decided)) return (done, null);
        var now = await read.HandleAsync(viewer, decided.Task.Id, ct);
        if (now.IsRefused || FurtherApprovals.PlaceOf(now.Value.Request) is not { } place) return (done, null);
        return now.Value.Task.IsOpen ? ("approval.one-of", null) : ("approval.next", place);
    }
}
