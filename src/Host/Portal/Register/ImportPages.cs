using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Register;

/// <summary>The pages of imports: the list, the form, and one file with what it would do or did.</summary>
internal sealed class ImportPages(RegisterImports imports, RegisterWords words, FirmDirectory directory, PortalAddress portal)
{
    private const int PageSize = 25, MostShown = 50, MostFaults = 100, MostOfAValue = 60;

    public async Task<ImportsView> ListAsync(Viewer viewer, int page, CancellationToken ct)
    {
        var (items, total) = await imports.ListAsync(viewer, page, PageSize, ct);
        return new ImportsView(
            await RowsAsync(viewer, items, ct), PortalCalls.PageOf(new Page<RegisterImport>(items, total, page, PageSize), "/register/imports"), PermissionTable.Allows(viewer, Permission.ImportRegister));
    }

    /// <summary>Calendars that wait for a second person.</summary>
    public async Task<IReadOnlyList<ImportRowView>> WaitingAsync(Viewer viewer, CancellationToken ct) => await RowsAsync(viewer, await imports.WaitingCalendarsAsync(viewer, ct), ct);

    private async Task<IReadOnlyList<ImportRowView>> RowsAsync(Viewer viewer, IReadOnlyList<RegisterImport> items, CancellationToken ct)
    {
        var people = await PeopleAsync(viewer, items, ct);
        return [.. items.Select(i => new ImportRowView(
            HrefOf(i), i.Name, NameOf(i.Kind), i.OfferedAt, people.GetValueOrDefault(i.OfferedBy)?.Name, i.ImportedAt is { } at ? new Moment(at) : null, i.ImportedBy is { } by ? people.GetValueOrDefault(by)?.Name : null, i.Counts)
        {
            WaitsForAnother = i.IsCalendar && i.ImportedAt is null,
        })];
    }

    private static string HrefOf(RegisterImport import) => $"/register/imports/{import.Id}";

    public ImportFormView Form(Viewer viewer, string? chosen, IReadOnlyList<FieldFault> faults, Refusal? refused = null)
    {
        var fed = words.All().Where(k => k.Value.Fed is not null).OrderBy(k => words.KindOrName(k.Key).In(viewer.Language), StringComparer.Ordinal).ToList();
        var kind = new FieldView("kind", FieldKind.Choice, Words.Text("register.kind"))
        {
            Options = [.. fed.Select(k => k.Key).Concat(CalendarWords.Kinds.Select(k => k.Kind)).Select(k => new OptionView(k, NameOf(k)))],
            Value = chosen,
            Fault = faults.FirstOrDefault(f => f.Path == "kind"),
        };
        return new ImportFormView(kind, [.. fed.Select(k => Format(k.Key, k.Value.Fed!, viewer.Language)), .. CalendarWords.Kinds.Select(k => Format(k.Kind, CalendarFiles.FormatOf(k.Market), viewer.Language))], faults)
        {
            Refused = refused,
            Whole = [.. fed.Where(k => k.Value.Fed!.Whole).Select(k => NameOf(k.Key))],
        };
    }

    /// <summary>Null where there is none for the viewer.</summary>
    public async Task<ImportView?> OneAsync(Viewer viewer, Guid id, bool isUnanswered, CancellationToken ct)
    {
        if (await imports.FindAsync(viewer, id, ct) is not { } import) return null;
        var people = await PeopleAsync(viewer, [import], ct);
        var preview = import.ImportedAt is null ? await imports.PreviewAsync(viewer, id, ct) : new ImportIsDone();
        var isCalendar = CalendarWords.Kind(import.Kind) is not null;
        return new ImportView(
            import, NameOf(import.Kind), isCalendar ? "/register/calendar" : $"/register/{import.Kind}", people.GetValueOrDefault(import.OfferedBy)?.Name, import.ImportedBy is { } by ? people.GetValueOrDefault(by)?.Name : null,
            preview.IsRefused ? null : Preview(preview.Value, import.Kind, viewer.Language, isUnanswered))
        {
            KeyName = isCalendar ? Words.Text("calendar.day") : words.Find(import.Kind)?.Key ?? Words.Text("register.key"),
            IsCalendar = isCalendar,
            HandOn = preview.IsRefused ? null : HandOn(preview.Value),
            Moved = !isCalendar ? [] : Rows(preview.IsRefused ? await imports.MovedAsync(viewer, id, ct) : preview.Value.Calendar!.Moved),
        };
    }

    private HandOnView? HandOn(ImportPreview preview) => preview.WhyNot is { } no && preview.Comparison.WantsConfirming
        ? new HandOnView(PortalCalls.WordsOf(no), preview.Others, portal.Url + HrefOf(preview.Import), preview.Import.KeptUntil)
        : null;

    private static List<MovedRow> Rows(IReadOnlyList<MovedDeadline> moved) =>
        [.. moved.Select(m => new MovedRow(m.Number, m.Number is null ? null : $"/requests/{m.Request}", m.Firm, m.EService, m.Step, m.Deadline, m.From, m.To, m.PassesAtOnce))];

    private LocalText NameOf(string kind) => CalendarWords.Kind(kind) ?? words.KindOrName(kind);

    private LocalText LabelOf(string kind, string name) =>
        CalendarWords.Kind(kind) is not null ? CalendarWords.Column(name) : words.Find(kind)?.Values.GetValueOrDefault(name) ?? new LocalText(name);

    private ImportPreviewView Preview(ImportPreview preview, string kind, string language, bool isUnanswered)
    {
        var would = preview.Comparison;
        return new ImportPreviewView(
            preview.Counts, preview.ContentHash, words.Find(kind)?.Fed?.Whole ?? false, Rows(would.Begins, kind, language), Rows(would.Changes, kind, language), Rows(would.Ends, kind, language),
            [.. would.Faults.Take(MostFaults).Select(f => new FaultRow(f.Line, f.Key, f.Column, Shortened(f.Value), FaultWords.Of(new FieldFault(f.Column ?? "", f.Code, null, f.Arguments), new LocalText(f.Column ?? ""), language)))], would.Faults.Count,
            preview.Before is { ImportedAt: { } at } before ? ($"/register/imports/{before.Id}", at) : null, isUnanswered && would.FaultyLines > 0)
        {
            MayConfirm = preview.WhyNot is null,
            Years = preview.Calendar?.Years ?? [],
            Closing = [.. (preview.Calendar?.Closing ?? []).Select(c => new ClosingRow(c.Number, c.Number is null ? null : $"/requests/{c.Request}", c.Firm, c.EService, c.Answer, c.Line, c.Day))],
        };
    }

    // A cell may hold a whole text.
    private static string? Shortened(string? value) => value is { Length: > MostOfAValue } ? value[..MostOfAValue] + "…" : value;

    private List<ChangeRow> Rows(IReadOnlyList<ImportChange> changes, string kind, string language) =>
        [.. changes.Take(MostShown).Select(c => new ChangeRow(CalendarWords.Kind(kind) is null ? c.Key : CalendarWords.Day(c, language), c.Membership?.Value, [.. Names(c).Select(name => Changed(kind, name, c.Before?[name], c.After?[name], language)).OfType<ChangedValue>()]))];

    // Of what ends nothing more need be said than that it does.
    private static IEnumerable<string> Names(ImportChange change) => change.After is null ? [] : (change.Before ?? []).Select(v => v.Key).Union(change.After.Select(v => v.Key), StringComparer.Ordinal);

    private ChangedValue? Changed(string kind, string name, JsonNode? before, JsonNode? after, string language)
    {
        if (CanonicalJson.Text(before) == CanonicalJson.Text(after)) return null;
        var isCalendar = CalendarWords.Kind(kind) is not null;
        string? Said(JsonNode? value) => isCalendar ? CalendarWords.Value(name, value, language) : AnswerWords.Plain(value, language);
        return new ChangedValue(LabelOf(kind, name), Said(before), Said(after));
    }

    private FormatView Format(string kind, ImportFormat format, string language)
    {
        var isCalendar = CalendarWords.Kind(kind) is not null;
        List<FormatColumn> columns =
        [
            .. format.Of == EntriesOf.Memberships ? [new FormatColumn(ImportFormat.MembershipColumn, Words.Text("register.membership"), Words.Of("imports.takes-membership", language), true)] : Array.Empty<FormatColumn>(),
            new FormatColumn(format.KeyName, KeyOf(kind, format), format.KeyType == CellType.Text ? Words.Of("imports.takes-key", language) : Takes(new ImportColumn(format.KeyType), language), true),
            .. format.Columns.SelectMany(c => Columns(c.Key, c.Value, LabelOf(kind, c.Key), language)),
        ];
        return new FormatView(
            NameOf(kind), string.Join(',', columns.Select(c => c.Name)), Words.Text(isCalendar ? "imports.whole-years" : format.Whole ? "imports.whole" : "imports.part"),
            isCalendar ? CalendarWords.ExportHref(kind) : $"/register/{kind}.csv", columns);
    }

    private LocalText KeyOf(string kind, ImportFormat format) =>
        CalendarWords.Kind(kind) is not null ? CalendarWords.Column(format.KeyName) : format.Key is { } key && words.Find(kind)!.Values.TryGetValue(key, out var label) ? label : words.Find(kind)?.Key ?? Words.Text("register.key");

    private static IEnumerable<FormatColumn> Columns(string name, ImportColumn column, LocalText label, string language)
    {
        yield return new FormatColumn(name, label, Takes(column, language), column.Required);
        if (column.Type != CellType.Words) yield break;
        foreach (var other in LocalText.Languages.Skip(1)) yield return new FormatColumn($"{name}.{other}", label, Words.Of("imports.takes-words-" + other, language), false);
    }

    private static string Takes(ImportColumn column, string language)
    {
        var takes = column.Type == CellType.Choice ? string.Join(", ", column.Options) : Words.Of("imports.takes-" + column.Type.ToString().ToLowerInvariant(), language);
        return column.Least is { } least ? takes + Words.Of("imports.takes-least", language, ("n", least.ToString("#,##0.######", CultureInfo.InvariantCulture))) : takes;
    }

    private Task<IReadOnlyDictionary<UserId, PersonCard>> PeopleAsync(Viewer viewer, IEnumerable<RegisterImport> all, CancellationToken ct) =>
        directory.PeopleAsync(viewer, all.SelectMany(i => new[] { i.OfferedBy, i.ImportedBy }).OfType<UserId>(), ct);
}
