using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The register's entries that lines can be made from, or a text be chosen from.</summary>
internal sealed class PickLists(RegisterReader register, RegisterWords words, OpenTouches touches, DraftAnswers drafts, BusinessClock clock)
{
    /// <summary>Null where the lines can only be typed, or there is nothing to pick.</summary>
    public async Task<PickView?> OfAsync(Viewer viewer, FormToShow shown, Asked lines, string language, CancellationToken ct)
    {
        if (lines.Pick is not { } pick) return null;
        var (request, bundle) = (shown.Request, shown.Request.Bundle);
        var entries = await OwnAsync(viewer, request, pick, ct);
        if (entries.Count == 0) return null;

        var fitting = SampleAnswers.Fitting(pick, entries, drafts.ContextOf(request, clock.GetUtcNow()), shown.Form.Answers);
        var used = (shown.Form.Answers[lines.Name] as JsonArray ?? []).OfType<JsonObject>().SelectMany(l => l).Select(p => p.Value.Said()).OfType<string>().ToHashSet();
        var exclusive = bundle.Service.Touches.Where(t => t.Exclusive).ToList();
        var taken = (await touches.OfAsync(viewer, [.. fitting.SelectMany(e => exclusive.Select(t => AnswerPaths.Touch(t, e.Key)))], request.Id, ct)).Select(t => t.Key).ToHashSet();
        var sought = shown.Aside.Sought.GetValueOrDefault(lines.Name, "").Trim();
        var rows = fitting.Select(e => new PickRowView(e.Key, [e.Key, .. pick.Show.Select(name => words.Said(bundle, pick.Kind, name, e.Values[name], language) ?? "–")],
            used.Contains(e.Key) || exclusive.Any(t => taken.Contains(AnswerPaths.Touch(t, e.Key))))
        { IsPicked = shown.Aside.Picked.Contains(e.Key) });
        return new PickView(
            words.Kind(bundle, pick.Kind),
            [Texts.Words.Text("pick.key"), .. pick.Show.Select(name => words.Value(bundle, pick.Kind, name))],
            [.. rows.Where(r => r.IsPicked || r.Cells.Any(c => c.Contains(sought, StringComparison.OrdinalIgnoreCase)))])
        {
            Path = "find." + lines.Name,
            Find = sought,
            NotFitting = entries.Count - fitting.Count,
        };
    }

    /// <summary>Lines as picking these entries fills them; keys that are not the membership's own are passed over.</summary>
    public async Task<IReadOnlyList<JsonObject>> LinesAsync(Viewer viewer, LoadedRequest request, Asked lines, IReadOnlyList<string> keys, CancellationToken ct)
    {
        if (lines.Pick is not { } pick) return [];
        var entries = await OwnAsync(viewer, request, pick, ct);
        var context = drafts.ContextOf(request, clock.GetUtcNow());
        return [.. keys.Select(k => entries.FirstOrDefault(e => e.Key == k)).OfType<HeldEntry>()
            .Select(e => SampleAnswers.Picked(pick, e, context))];
    }

    /// <summary>What the texts that take an entry's key can be chosen from, by path; a text without anything to choose from is typed.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<OptionView>>> OptionsAsync(Viewer viewer, FormToShow shown, CancellationToken ct)
    {
        var options = new Dictionary<string, IReadOnlyList<OptionView>>(StringComparer.Ordinal);
        foreach (var field in shown.Request.Bundle.Form.Fields.Where(f => f is { Type: FieldType.Text, Pick: not null } && shown.Form.Visible.Contains(f.Name)))
        {
            var (pick, chosen) = (field.Pick!, shown.Form.Answers[field.Name].Said());
            var entries = (await register.OfKindAsync(viewer, pick.Kind, shown.Request.Membership.Id, ct)).Select(e => new HeldEntry(e.Kind, e.Key, e.Membership, e.Values)).ToList();
            var fitting = SampleAnswers.Fitting(pick, entries, drafts.ContextOf(shown.Request, clock.GetUtcNow()), shown.Form.Answers);
            if (fitting.Count > 0) options[field.Name] = [.. entries.Where(e => fitting.Contains(e) || e.Key == chosen).OrderBy(e => FirstDay(pick, e), StringComparer.Ordinal).Select(e => new OptionView(e.Key, PortalCalls.Texts(l => Said(words, shown.Request.Bundle, pick, e.Values, l))))];
        }

        return options;
    }

    // What happens on a day is looked for by the day; all else stays in the order of its keys.
    private static string? FirstDay(Pick pick, HeldEntry entry) =>
        pick.Show.Select(name => entry.Values[name].Said()).FirstOrDefault(text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    /// <summary>An entry as the list offers it.</summary>
    public static string Said(RegisterWords words, EServiceBundle bundle, Pick pick, JsonObject entry, string language) =>
        string.Join(" · ", pick.Show.Select(name => words.Said(bundle, pick.Kind, name, entry[name], language)).Where(text => !string.IsNullOrEmpty(text)));

    private async Task<IReadOnlyList<HeldEntry>> OwnAsync(Viewer viewer, LoadedRequest request, Pick pick, CancellationToken ct) =>
        [.. (await register.OfKindAsync(viewer, pick.Kind, request.Membership.Id, ct)).Where(e => e.Membership == request.Membership.Id).Select(e => new HeldEntry(e.Kind, e.Key, e.Membership, e.Values))];
}
