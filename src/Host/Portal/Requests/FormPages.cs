using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A form as it is to be shown: what the request holds, or what was typed into it.</summary>
/// <param name="Revision">The draft's revision that the page is made from.</param>
internal sealed record FormToShow(LoadedRequest Request, FormEvaluation Form, int Revision)
{
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>With the questions that belong to what is filled in.</summary>
    public FormDefinition Definition => Form.Form ?? Request.Form;

    /// <summary>What is ticked, pasted and looked for.</summary>
    public Aside Aside { get; init; } = Aside.Nothing;

    /// <summary>It is opened, and nothing was typed yet: what has moved on since it was saved is said.</summary>
    public bool IsOpened { get; init; }

    /// <summary>Somebody saved meanwhile: what was typed is shown, beside what they saved.</summary>
    public bool IsConflict { get; init; }
}

/// <summary>Makes the page of a form from an eService's definition; knows no field of any.</summary>
internal sealed class FormPages(Catalogue catalogue, FirmDirectory people, RequestMoves moves, PickLists picks, OpenTouches touches, ReturnedViews returned, Leads leads)
{
    public async Task<FormView> OfAsync(Viewer viewer, Frame frame, FormToShow shown, CancellationToken ct)
    {
        shown = shown with { Faults = [.. shown.Faults.Select(f => Spoken(f, shown.Definition))] };
        var (request, form, definition) = (shown.Request, shown.Form, shown.Definition);
        var back = await returned.OfAsync(viewer, request, ct);
        var fields = new FieldViews(definition, form, request, frame.Language) { Faults = shown.Faults, Remarks = back.ByPath, Offered = await picks.OptionsAsync(viewer, shown, ct), Leads = leads };
        var taken = await TakenAsync(viewer, request, form, ct);
        var isSettled = Outcomes.Open(request) is not null;
        var sections = new List<SectionView>();
        foreach (var section in definition.Sections)
        {
            var items = new List<FormItem>(fields.Of(section.Fields, form.Answers, "", "answers").Select(f => isSettled ? f.AsRead() : f));
            foreach (var lines in section.Fields.Where(f => f.Type == FieldType.Lines && form.Visible.Contains(f.Name)))
            {
                items.Add(isSettled ? Settled(lines, shown, fields, frame.Language) : Lines(lines, shown, fields, frame.Language) with { Pick = await picks.OfAsync(viewer, shown, lines, frame.Language, ct) });
            }

            if (items.Count > 0) sections.Add(new SectionView(section.Key, section.Title, items, isSettled ? section.Notice : Help(section)));
        }

        var left = LeftAnswers.Of(request);
        var help = request.Bundle.Service.Help;
        var planned = request with { Draft = form.Answers };
        return new FormView(Heads.Of(request, viewer), shown.Revision, sections)
        {
            Deadline = DeadlineViews.Of(planned, moves.ShownPlanOf(planned, frame.Now), frame.Now, forMaker: true),
            Faults = shown.Faults,
            Saved = await SavedAsync(viewer, shown, ct),
            Returned = back.View,
            Help = help is null ? null : new HelpView(help.WhenToUse, help.About, help.Sample, help.Highlights),
            Clashes = taken,
            Differences = shown.IsConflict ? Differences(request, form, frame.Language, (_, f) => f is not { IsComputed: true }) : [],
            Moved = shown.IsOpened && request.Draft is not null ? Differences(request, form, frame.Language, (place, _) => !left.ContainsKey(place)) : [],
            Left = Left(request, left, frame.Language),
        };
    }

    // A declaration's label is all that is declared: too long to be repeated as what to fill in.
    private static FieldFault Spoken(FieldFault fault, FormDefinition form) =>
        fault is { Code: "required", Words: null } && FieldWords.Find(form, fault.Path) is { Type: FieldType.Declaration } declared
            // In a line there may be another declaration than the one at the end: it is named.
            ? fault with { Words = fault.Path.Contains('[', StringComparison.Ordinal) ? PortalCalls.Texts(l => Texts.Words.Of("fault.declare-line", l, ("label", declared.Label.In(l)))) : Texts.Words.Text("fault.declare") } : fault;

    private static LocalText? Help(FormSection section) =>
        section.Notice is { } notice ? section.Help is { } help ? PortalCalls.Texts(l => $"{help.In(l)} {notice.In(l)}") : notice : section.Help;

    private static LinesView Lines(Asked field, FormToShow shown, FieldViews fields, string language)
    {
        var lines = Values(field, shown).Select((line, i) => Line(field, line, i, fields, language));
        return new LinesView(field.Name, field.Label, [.. lines]) { Hint = field.Hint, Max = Most(field), Fault = fields.FaultAt(field.Name), Paste = Paste(field, shown), Sheet = Sheet(field, shown) };
    }

    // It came back for some of its lines: the decided ones are read, no line comes or goes.
    private static LinesView Settled(Asked field, FormToShow shown, FieldViews fields, string language)
    {
        var standing = Outcomes.Standing(shown.Request);
        var lines = Values(field, shown).Select((line, i) => standing.FirstOrDefault(d => d.Line == i + 1) is not { } decided ? Line(field, line, i, fields, language)
            : Line(field, line, i, fields, language) with { IsLocked = true, Outcome = Texts.Words.Text($"outcome.{decided.Outcome}.done"), OutcomeText = AnswerSheets.OutcomeText(shown.Request.Bundle.Form, decided, language, line: line) });
        return new LinesView(field.Name, field.Label, [.. lines]) { Hint = field.Hint, Max = Most(field), Fault = fields.FaultAt(field.Name), IsSettled = true };
    }

    private static LineView Line(Asked field, JsonObject line, int index, FieldViews fields, string language)
    {
        var path = FieldWords.LinePath(field, index);
        return new LineView(index, LineTitle(field, line, language), [.. fields.Of(field.Columns, line, path + ".", "line")], Remark: fields.Remarks.GetValueOrDefault(path));
    }

    private static IEnumerable<JsonObject> Values(Asked field, FormToShow shown) => (shown.Form.Answers[field.Name] as JsonArray ?? []).Select(l => l as JsonObject ?? []);

    /// <summary>What tells a line from the others: the columns that may occur only once, and what the register calls it.</summary>
    public static string? LineTitle(Asked lines, JsonObject line, string language)
    {
        var telling = lines.Columns.Where(c => lines.Unique.Contains(c.Name)).Concat(lines.Columns.Where(c => c.Type == FieldType.Words));
        return string.Join(" · ", telling.Select(c => AnswerWords.Of(c, line[c.Name], language)).OfType<string>()) is { Length: > 0 } title ? title : null;
    }

    private static PasteView Paste(Asked field, FormToShow shown)
    {
        var box = Pasting.BoxOf(field.Name);
        return new PasteView(box, [.. Pasting.Columns(field).Select(c => c.Label)], shown.Aside.Pasted.GetValueOrDefault(field.Name, ""), [.. shown.Faults.Where(f => f.Path == box)]);
    }

    private static SheetView Sheet(Asked field, FormToShow shown)
    {
        var box = SheetTrials.BoxOf(field.Name);
        return new SheetView(box, $"/requests/{shown.Request.Id}/lines/{field.Name}", shown.Faults.FirstOrDefault(f => f.Path == box));
    }

    /// <summary>How many lines there may be at most.</summary>
    public static int Most(Asked lines) =>
        lines.Max is { IsConstant: true } max && max.Evaluate(new Dictionary<string, JsonNode?>()).Value is { } most && int.TryParse(most.ToString(), CultureInfo.InvariantCulture, out var n) ? n : 500;

    private async Task<IReadOnlyList<ClashView>> TakenAsync(Viewer viewer, LoadedRequest request, FormEvaluation form, CancellationToken ct)
    {
        var own = AnswerPaths.Touches(request.Bundle.Service, form.Answers);
        var taken = await touches.OfAsync(viewer, [.. own.Select(t => t.Key)], request.Id, ct);
        return [.. taken.Select(t => new ClashView(new LocalText(t.Key[(t.Key.IndexOf(':', StringComparison.Ordinal) + 1)..]), t.Number ?? "–",
            t.Request is { } other ? $"/requests/{other}" : "/requests", own.Any(o => o.Key == t.Key && o.Exclusive)))];
    }

    public async Task<SavedView> SavedAsync(Viewer viewer, FormToShow shown, CancellationToken ct)
    {
        var request = shown.Request;
        var others = request.Parts.Edit.Where(u => u != viewer.User).Distinct().ToList();
        var cards = await people.PeopleAsync(viewer, others, ct);
        var by = request.UpdatedBy == viewer.User ? null : cards.GetValueOrDefault(request.UpdatedBy)?.Name;

        // Whoever returned it changed the request last, but saved nothing.
        var isSaved = request.Draft is not null && request.Parts.Edit.Contains(request.UpdatedBy);
        return new SavedView(shown.Revision, isSaved ? request.UpdatedAt : null, by, [.. others.Select(u => cards.GetValueOrDefault(u)?.Name).OfType<string>()], shown.IsConflict);
    }

    // Beside what somebody else saved computed values follow from the others, and are no difference of their own.
    private static List<DifferenceRow> Differences(LoadedRequest request, FormEvaluation typed, string language, Func<string, Asked?, bool> isTold) =>
        [.. RequestContent.Compare(request.CurrentAnswers, typed.Answers)
            .Select(d => (d, Field: FieldWords.Find(typed.Form ?? request.Form, d.Path)))
            .Where(d => d.Field is not { Hidden: true } && isTold(d.d.Path, d.Field))
            .Select(d => new DifferenceRow(FieldWords.Of(typed.Form ?? request.Form, d.d.Path), Shown(d.Field, d.d.Before, language), Shown(d.Field, d.d.After, language)))];

    // An older release knows what the field was called, and whether it was typed into at all.
    private List<LeftRow> Left(LoadedRequest request, JsonObject left, string language)
    {
        var forms = catalogue.ReleasesOf(request.EService).Reverse().Select(r => r.Bundle.Form).ToList();
        return [.. left.OrderBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => (Place: l.Key, l.Value, Form: forms.FirstOrDefault(f => FieldWords.Find(f, l.Key) is not null)))
            .Select(l => (l.Place, l.Value, l.Form, Field: l.Form is null ? null : FieldWords.Find(l.Form, l.Place)))
            .Where(l => l.Field is not { IsComputed: true })
            .Select(l => new LeftRow(l.Form is null ? new LocalText(l.Place) : FieldWords.Of(l.Form, l.Place), Shown(l.Field, l.Value, language) ?? ""))];
    }

    private static string? Shown(Asked? field, JsonNode? value, string language) => field is null ? AnswerWords.Plain(value, language) : AnswerWords.Of(field, value, language);
}
