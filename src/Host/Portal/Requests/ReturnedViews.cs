using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What was said when a request came back, as a box and at each place.</summary>
internal sealed record Returned(ReturnedView? View, IReadOnlyDictionary<string, RemarkView> ByPath)
{
    public static readonly Returned Not = new(null, new Dictionary<string, RemarkView>());
}

/// <summary>Why a request came back: who returned it, when, and the remarks.</summary>
internal sealed class ReturnedViews(RequestTimeline timeline, RequestMoves moves, BusinessClock clock)
{
    public async Task<Returned> OfAsync(Viewer viewer, LoadedRequest request, CancellationToken ct)
    {
        if (request.IsDraft || !request.IsWithItsMakers) return Returned.Not;
        var lines = Lines(request, viewer.Language);
        var entry = (await timeline.OfAsync(viewer, request, ct)).FirstOrDefault(e => lines.Count > 0 ? e.Lines is not null : e.Remarks is not null);
        var remarks = lines.Count > 0 ? lines : (request.Remarks ?? entry?.Remarks ?? []).OfType<JsonObject>().Select(r => (Path: r["path"].Said() ?? "", Text: r["text"].Said() ?? "")).Where(r => r.Text.Length > 0).ToList();
        var by = entry is null ? Texts.Words.Text("role.system") : TimelineViews.By(entry.By, viewer);
        var at = entry?.At ?? request.UpdatedAt;
        var form = request.Form;
        var view = new ReturnedView(by, at, remarks.FirstOrDefault(r => r.Path.Length == 0).Text,
            [.. remarks.Where(r => r.Path.Length > 0).Select(r => new SummarisedFault(r.Path, $"{FieldWords.Of(form, r.Path).In(viewer.Language)}: {r.Text}"))],
            Due(request) is { } due ? new Moment(due) : null)
        {
            IsInPart = Outcomes.Open(request) is not null,
            OthersWait = Outcomes.Standing(request).Count > Outcomes.InEffect(request).Count,
        };
        return new Returned(view, remarks.Where(r => r.Path.Length > 0).GroupBy(r => r.Path).ToDictionary(g => g.Key, g => new RemarkView(string.Join(' ', g.Select(r => r.Text)), by, at)));
    }

    // What came back line by line says so with its reason; its words are the form's own, so they follow the reader's language.
    private static List<(string Path, string Text)> Lines(LoadedRequest request, string language)
    {
        var form = request.Form;
        return form.Lines is not { } field ? [] : [.. Outcomes.Read(request.Outcomes).Where(d => d.Outcome == LineOutcomes.Return)
            .Select(d => (FieldWords.LinePath(field, d.Line - 1), AnswerSheets.OutcomeText(form, d, language) ?? Texts.Words.Of("outcome.return.done", language)))];
    }

    // The cut-off while there is still time for it: whoever aims at the late time misses it.
    private DateTimeOffset? Due(LoadedRequest request)
    {
        var now = clock.GetUtcNow();
        return DeadlineViews.NameFor(request) is { } name && moves.ShownPlanOf(request, now)[name] is { } planned ? now < planned.DueAt ? planned.DueAt : planned.PassesAt : null;
    }
}
