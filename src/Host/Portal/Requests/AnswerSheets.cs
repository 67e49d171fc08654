using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The sheet of answers that maker, checker, reviewer and approver all read, made from any form.</summary>
internal sealed class AnswerSheets(RegisterWords words, Leads leads, CalendarStore calendars, BusinessClock clock)
{
    /// <param name="withRegister">The clearing house compares what is asked with what the register holds now.</param>
    /// <param name="before">What the viewer's side returned last; what was changed since is marked. Null where nothing is compared.</param>
    public AnswersView Of(LoadedRequest request, FormEvaluation form, JsonObject answers, string language, bool withRegister = false, JsonObject? before = null)
    {
        var isUnderWay = !request.IsDraft && !request.Status.IsFinal();
        var sheet = new Sheet(request, form, language, words, withRegister, withRegister ? null : leads)
        {
            Closed = !isUnderWay ? [] : ClosedDays.Of(request.Bundle.Service, form.Form ?? request.Form, answers, calendars.Current, HongKong.DateIn(clock.GetUtcNow())),
        };
        return new AnswersView([.. sheet.Form.Sections.Select(s => sheet.Section(s, answers, before)).Where(s => s.Rows.Count + s.Lines.Count + s.Held.Count > 0)]);
    }

    /// <summary>What a counterparty is shown: all that is there, and nothing beside it.</summary>
    public AnswersView Shown(LoadedRequest request, JsonObject answers, string language)
    {
        var columns = request.Form.Lines is { } lines && answers[lines.Name] is JsonArray all
            ? all.SelectMany((l, i) => (l as JsonObject ?? []).Select(c => $"{FieldWords.LinePath(lines, i)}.{c.Key}"))
            : [];
        var visible = new HashSet<string>(answers.Select(a => a.Key).Concat(columns), StringComparer.Ordinal);
        var sheet = new Sheet(request, new FormEvaluation(answers, [], [], visible, new HashSet<string>(), new Dictionary<string, IReadOnlyList<FieldOption>>()), language, words, false, null);
        return new AnswersView([.. request.Form.Sections.Select(s => sheet.Section(s, answers, null)).Where(s => s.Rows.Count + s.Lines.Count > 0)]);
    }

    /// <summary>
    /// A line that a person must look at before anything is chosen for it: the register holds nothing under its number, or holds
    /// something else than what is asked.
    /// </summary>
    public static bool NeedsALook(LoadedRequest request, int index)
    {
        if (request.Form.Lines is not { } lines || (request.CurrentAnswers[lines.Name] as JsonArray)?.ElementAtOrDefault(index) is not JsonObject line) return false;
        var prefix = lines.Name + "[].";
        return request.Bundle.Service.Register.Where(r => r.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(r => (r.Kind, Key: line[r.Key[prefix.Length..]].Said())).Where(r => !string.IsNullOrEmpty(r.Key))
            .Select(r => request.Register.FirstOrDefault(e => e.Kind == r.Kind && e.Key == r.Key))
            .Any(entry => entry is null || entry.Values.Any(v => SaysOtherwise(lines, Same(request, lines, v.Key), v, line, request.CurrentAnswers)));
    }

    /// <summary>A counterparty has said something of the line, which nobody approves unread.</summary>
    public static bool WasAnswered(LoadedRequest request, int index) => (request.Bundle.Form.Milestones ?? []).Where(m => m.IsAnswer)
        .SelectMany(m => request.Milestones?[m.Name]?["lines"] as JsonArray ?? [])
        .Any(l => (int?)l!["line"] == index + 1 && l["values"] is JsonObject values && values.Any(v => !string.IsNullOrEmpty(v.Value.Said())));

    private static Asked? Same(LoadedRequest request, Asked? lines, string name) => (lines?.Columns ?? []).Concat(request.Form.Fields).FirstOrDefault(f => f.Name == name);

    private static bool SaysOtherwise(Asked? lines, Asked? asked, KeyValuePair<string, JsonNode?> held, JsonObject line, JsonObject answers) =>
        asked is { IsComputed: false } && CanonicalJson.Text(held.Value) != CanonicalJson.Text(lines?.Columns.Contains(asked) == true ? line[held.Key] : answers[held.Key]);

    /// <summary>What was granted or why not: "Quantity: 6,000 shares; until: Mon 30 Nov 2026".</summary>
    /// <param name="asked">What would be granted as asked: where it differs, that is said too. Null where nothing is compared.</param>
    /// <param name="line">What was asked for: how much of it was granted is said. Null where that is not to be compared.</param>
    public static string? OutcomeText(FormDefinition form, LineDecision decision, string language, JsonObject? asked = null, JsonObject? line = null)
    {
        string? Granted(Asked f) => AnswerWords.Of(f, decision.Decision?[f.Name], language) is not { } value ? null
            : asked is null || f.IsComputed || CanonicalJson.Text(asked[f.Name]) == CanonicalJson.Text(decision.Decision?[f.Name]) || AnswerWords.Of(f, asked[f.Name], language) is not { } wanted
                ? $"{f.Label.In(language)}: {Of(f, decision, line, value, language)}"
                : Texts.Words.Of("outcome.instead", language, ("label", f.Label.In(language)), ("granted", value), ("asked", wanted));
        var said = decision.Outcome == LineOutcomes.Approve
            ? (form.Decision?.Fields ?? []).Where(f => !f.Hidden).Select(Granted)
            : [form.Decision?.Reasons.FirstOrDefault(r => r.Value == decision.Reason)?.Label.In(language) ?? decision.Reason];
        return string.Join("; ", said.Append(decision.Remarks).Where(s => !string.IsNullOrEmpty(s))) is { Length: > 0 } text ? text : null;
    }

    // "40,000 of 57,000 shares": what stays open is read at once.
    private static string Of(Asked field, LineDecision decision, JsonObject? line, string value, string language) => LineFacts.AskedBeyond(field, decision, line) is not { } most ? value
        : Texts.Words.Of("answer.of", language, ("granted", AnswerWords.Of(field, decision.Decision![field.Name], language, withUnit: false)), ("asked", AnswerWords.Of(field, most, language)));

    private sealed class Sheet(LoadedRequest request, FormEvaluation form, string language, RegisterWords words, bool withRegister, Leads? leads)
    {
        private readonly IReadOnlyList<LineDecision> outcomes = Outcomes.Read(request.Outcomes);

        public FormDefinition Form { get; } = form.Form ?? request.Form;

        public IReadOnlyList<ClosedDay> Closed { get; init; } = [];

        public AnswerSection Section(FormSection section, JsonObject answers, JsonObject? before)
        {
            var held = !withRegister ? [] : Entries(null, answers);
            var rows = Rows(section.Fields, answers, "", held, before);
            var lines = section.Fields.Where(f => f.Type == FieldType.Lines).SelectMany(f => Lines(f, answers, before));
            return new AnswerSection(section.Key, section.Title, rows, [.. lines])
            {
                Held = [.. held.Where(h => section.Fields.Any(f => f.Name == h.Shown.Key)).Select(h => Held(h, null, answers, answers, ""))],
            };
        }

        private IEnumerable<AnswerLine> Lines(Asked field, JsonObject answers, JsonObject? before) => (answers[field.Name] as JsonArray ?? []).Select((node, i) =>
        {
            var line = node as JsonObject ?? [];
            var path = FieldWords.LinePath(field, i);
            var held = !withRegister ? [] : Entries(field, line);
            var decision = field == Form.Lines ? outcomes.FirstOrDefault(o => o.Line == i + 1) : null;
            return new AnswerLine(i + 1, path, FormPages.LineTitle(field, line, language), Rows(field.Columns, line, path + ".", held, before is null ? null : (before[field.Name] as JsonArray)?.ElementAtOrDefault(i) as JsonObject ?? []))
            {
                Held = [.. held.Select(h => Held(h, field, line, answers, path + "."))],
                Outcome = decision?.Outcome,
                OutcomeText = decision is null ? null : OutcomeText(Form, decision, language, line: line),
                IsPart = decision is not null && LineFacts.IsInPart(Form, decision, line),
            };
        });

        private IReadOnlyList<AnswerRow> Rows(IEnumerable<Asked> fields, JsonObject values, string prefix, IReadOnlyList<Beside>? held, JsonObject? before) =>
            [.. fields.Where(f => f.Type is not (FieldType.Lines or FieldType.Entry) && !f.Hidden && form.Visible.Contains(prefix + f.Name))
                .Select(f => f.NamesMemberships ? f with { Options = form.Options.GetValueOrDefault(prefix + f.Name) ?? [] } : f)
                .Select(f => new AnswerRow(prefix + f.Name, f.Label, Said(f, values))
                {
                    Was = before is null || f.IsComputed || CanonicalJson.Text(before[f.Name]) == CanonicalJson.Text(values[f.Name]) ? null : Said(f, before) ?? "",
                    Files = f.Type == FieldType.Files ? Files(values[f.Name]) : [],
                    InForce = f.IsComputed ? null : Held(f, values[f.Name], held),
                    IsNumber = f.Type is FieldType.Integer or FieldType.Money or FieldType.Decimal,
                    IsComputed = f.IsComputed,
                    Closed = Closed.FirstOrDefault(c => c.Path == prefix + f.Name)?.Why,
                    Lead = leads?.Of(f, form, prefix + f.Name),
                })];

        // What was picked from the register reads as it was offered, with its key; nobody knows an entry by the key alone.
        private string? Said(Asked field, JsonObject values)
        {
            var text = AnswerWords.Of(field, values[field.Name], language);
            if (text is null || field is not { Type: FieldType.Text, Pick: { } pick }) return text;
            var entry = Form.Fields.FirstOrDefault(f => f.Type == FieldType.Entry && f.Lookup is { Take: null } lookup && lookup.Kind == pick.Kind && lookup.Key.Text == "answers." + field.Name);
            var offered = entry is null || form.Entries.GetValueOrDefault(entry.Name) is not { } held || held["key"].Said() != text ? "" : PickLists.Said(words, request.Bundle, pick, held, language);
            return offered.Length == 0 ? text : $"{offered} ({text})";
        }

        // Only where the register says otherwise: the same words twice on every row would hide the one that differs.
        private string? Held(Asked field, JsonNode? asked, IReadOnlyList<Beside>? held) =>
            held?.Select(h => h.Entry?.Values[field.Name]).FirstOrDefault(v => v is not null) is { } now && CanonicalJson.Text(now) != CanonicalJson.Text(asked) ? AnswerWords.Of(field, now, language) : null;

        private IReadOnlyList<Kit.FileView> Files(JsonNode? ids) => ids is not JsonArray list ? []
            : [.. list.Select(i => request.Files.FirstOrDefault(f => f.Id.ToString() == i.Said())).OfType<RequestFile>().Select(f => FileViews.Of(request, f))];

        // Named as the register names it; where the form asks for the same thing, of the line or of the whole request, as the form does. What is
        // not asked this time says nothing otherwise, and what an entry itself asks is nothing to compare.
        private HeldView Held(Beside beside, Asked? lines, JsonObject line, JsonObject answers, string prefix) => new(beside.Label, [.. (beside.Entry?.Values ?? []).Where(v => v.Value is not JsonArray list || !list.Any(i => i is JsonObject)).Select(v =>
        {
            var asked = Same(request, lines, v.Key);
            var isAsked = asked is not null && form.Visible.Contains(lines?.Columns.Contains(asked) == true ? prefix + asked.Name : asked.Name);
            return new HeldRow(
                asked?.Label ?? words.Value(request.Bundle, beside.Shown.Kind, v.Key), (asked is null ? words.Said(request.Bundle, beside.Shown.Kind, v.Key, v.Value, language) : AnswerWords.Of(asked, v.Value, language)) ?? "–",
                isAsked && SaysOtherwise(lines, asked, v, line, answers));
        })]);

        /// <param name="lines">Null for the entries whose keys are answers of the request itself.</param>
        private IReadOnlyList<Beside> Entries(Asked? lines, JsonObject line)
        {
            var prefix = lines is null ? "" : lines.Name + "[].";
            return [.. request.Bundle.Service.Register.Where(r => lines is null ? !r.Key.Contains("[]", StringComparison.Ordinal) : r.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(r => (Shown: r, Key: line[r.Key[prefix.Length..]].Said())).Where(r => !string.IsNullOrEmpty(r.Key))
                .Select(r => new Beside(r.Shown, r.Shown.Label ?? words.Kind(request.Bundle, r.Shown.Kind), request.Register.FirstOrDefault(e => e.Kind == r.Shown.Kind && e.Key == r.Key)))];
        }
    }

    /// <param name="Entry">Null where the register holds nothing under the line's key.</param>
    private sealed record Beside(ShownEntries Shown, LocalText Label, HeldEntry? Entry);
}
