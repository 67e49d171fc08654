using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// An activity as somebody writes it, on the page or through the API: <c>{title: {en, zh-Hant, zh-Hans}, type, audience, mandatory, opens, closes,
/// cancelBy, mostPerFirm, waitingList, checker, occasions: [{key, date, starts, ends, venue, link, capacity}], questions: […]}</c> (<see cref="QuestionDraft"/>). Without places nobody comes: it asks only. Texts are taken for numbers, dates
/// and yes or no, as a form sends them.
/// </summary>
internal sealed class ActivityDraft
{
    private const int LongestTitle = 120, LongestVenue = 200, MostPlaces = 100_000, MostOccasions = 20;

    private readonly List<FieldFault> faults = [];
    private readonly JsonObject written;

    private ActivityDraft(JsonObject written, string number, string by)
    {
        this.written = written;
        var (opens, closes, cancelBy) = (Day(written, "opens", ""), Day(written, "closes", ""), Day(written, "cancelBy", ""));
        if (opens > closes) Wrong("closes", "too-early", Iso(opens));
        var activity = new Activity(
            number, new LocalText(Title("en"), Title("zh-Hant"), Title("zh-Hans")), Type(), Audience(), IsTrue("mandatory"), opens, closes, cancelBy,
            Number(written, "mostPerFirm", "", isRequired: false), IsTrue("waitingList"), IsTrue("checker"))
        { Questions = QuestionDraft.Read(written["questions"] as JsonArray ?? [], faults) };
        var dates = (written["occasions"] as JsonArray ?? []).OfType<JsonObject>().Where(o => o.Any(p => Said(o, p.Key) is not null)).ToList();
        if (dates.Count == 0) Wrong("occasions", "required");
        if (dates.Count > MostOccasions) Wrong("occasions", "too-many", MostOccasions.ToString(CultureInfo.InvariantCulture));
        Occasions = [.. dates.Take(MostOccasions).Select((o, i) => Occasion(o, activity, $"occasions[{i}].", by))];
        foreach (var (i, occasion) in Occasions.Index().Where(o => o.Item.Date < closes)) Wrong($"occasions[{i}].date", "too-early", Iso(closes));
        foreach (var (i, occasion) in Occasions.Index().Where(o => o.Item.Date < cancelBy)) Wrong($"occasions[{i}].date", "too-early", Iso(cancelBy));
    }

    /// <summary>In the order in which they were written; those that are new have no key yet.</summary>
    public IReadOnlyList<Occasion> Occasions { get; }

    public IReadOnlyList<FieldFault> Faults => [.. faults.DistinctBy(f => f.Path)];

    public static ActivityDraft Read(JsonObject written, string number, string by) => new(written, number, by);

    private Occasion Occasion(JsonObject date, Activity activity, string at, string by)
    {
        // Whoever only answers needs no room, and all day for it.
        var asksOnly = activity.Questions.Count > 0 && Said(date, "capacity") is null or "0";
        var (starts, ends) = asksOnly && Said(date, "starts") is null && Said(date, "ends") is null ? (TimeOnly.MinValue, new TimeOnly(23, 59)) : (Time(date, "starts", at), Time(date, "ends", at));
        if (ends <= starts && starts != default) Wrong(at + "ends", "too-early", starts.ToString("HH:mm", CultureInfo.InvariantCulture));
        var link = Said(date, "link");
        if (link is not null && !(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && link.Length <= LongestVenue)) Wrong(at + "link", "not-a-link");
        var venue = asksOnly && Said(date, "venue") is null ? string.Empty : Text(date, "venue", at, LongestVenue);
        return new Occasion(Said(date, "key") ?? string.Empty, activity, Day(date, "date", at), starts, ends, venue, asksOnly ? 0 : Number(date, "capacity", at, isRequired: true) ?? 0, OccasionStatus.Open)
        { Link = link, By = by };
    }

    private string Title(string language) => Text(written["title"] as JsonObject ?? [], language, "title.", LongestTitle);

    private string Type()
    {
        var type = Said(written, "type");
        if (type is null || !Activity.Types.Contains(type)) Wrong("type", type is null ? "required" : "not-an-option");
        return type ?? string.Empty;
    }

    private List<string> Audience() => [.. (written["audience"] as JsonArray ?? []).Select(k => (k as JsonValue)?.ToString().Trim()).OfType<string>().Where(k => k.Length is > 0 and <= 40).Distinct()];

    private bool IsTrue(string name) => Said(written, name) is "true" or "on";

    private string Text(JsonObject of, string name, string at, int most)
    {
        var text = Said(of, name);
        if (text is null) Wrong(at + name, "required");
        else if (text.Length > most) Wrong(at + name, "too-long", most.ToString(CultureInfo.InvariantCulture));
        else if (text.Any(char.IsControl)) Wrong(at + name, "control-characters");
        return text ?? string.Empty;
    }

    private DateOnly Day(JsonObject of, string name, string at)
    {
        if (DateOnly.TryParseExact(Said(of, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Wrong(at + name, Said(of, name) is null ? "required" : "not-a-date");
        return default;
    }

    private TimeOnly Time(JsonObject of, string name, string at)
    {
        if (TimeOnly.TryParseExact(Said(of, name), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Wrong(at + name, Said(of, name) is null ? "required" : "not-a-time");
        return default;
    }

    private int? Number(JsonObject of, string name, string at, bool isRequired)
    {
        var text = Said(of, name);
        if (text is null && !isRequired) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostPlaces) return number;
        Wrong(at + name, text is null ? "required" : "not-a-number");
        return null;
    }

    private void Wrong(string path, string code, string? limit = null) =>
        faults.Add(new FieldFault(path, code, Arguments: limit is null ? null : new Dictionary<string, string> { ["limit"] = limit }));

    private static string? Said(JsonObject of, string name) => (of[name] as JsonValue)?.ToString().Trim() is { Length: > 0 } text ? text : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
