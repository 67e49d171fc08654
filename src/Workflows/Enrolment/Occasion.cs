using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// One date of an activity, with the places there are: what people enrol for. It stands in the register, where forms read it and where every
/// change leaves the entry that was in force before; what it says of its activity is the same for all dates of that activity.
/// </summary>
/// <param name="Key">Key of the entry: <c>EV2026-0042-1</c>.</param>
public sealed record Occasion(string Key, Activity Activity, DateOnly Date, TimeOnly Starts, TimeOnly Ends, string Venue, int Capacity, OccasionStatus Status)
{
    /// <summary>The kind of the register's entries.</summary>
    public const string Kind = "occasion";

    /// <summary>An address on the web for those who take part from their desks; null where there is none.</summary>
    public string? Link { get; init; }

    /// <summary>Who said so last.</summary>
    public string? By { get; init; }

    /// <summary>Nobody comes: whoever enrols answers the activity's questions, and that is all.</summary>
    public bool AsksOnly => Capacity == 0;

    public DateTimeOffset Begins => HongKong.At(Date, Starts);

    public DateTimeOffset IsOver => HongKong.At(Date, Ends);

    /// <param name="values">As the register holds them.</param>
    public static Occasion From(string key, JsonObject values) => new(
        key,
        Activity.From(values),
        DateOnly.ParseExact((string)values["date"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly.ParseExact((string)values["starts"]!, "HH:mm", CultureInfo.InvariantCulture),
        TimeOnly.ParseExact((string)values["ends"]!, "HH:mm", CultureInfo.InvariantCulture),
        (string?)values["venue"] ?? string.Empty,
        (int)values["capacity"]!,
        (string?)values["status"] == "CANCELLED" ? OccasionStatus.Cancelled : OccasionStatus.Open)
    { Link = (string?)values["link"], By = (string?)values["by"] };

    public JsonObject ToJson()
    {
        var values = Activity.ToJson();
        values["date"] = Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        values["starts"] = Starts.ToString("HH:mm", CultureInfo.InvariantCulture);
        values["ends"] = Ends.ToString("HH:mm", CultureInfo.InvariantCulture);
        values["venue"] = Venue;
        values["link"] = Link;
        values["capacity"] = Capacity;
        values["status"] = Status == OccasionStatus.Cancelled ? "CANCELLED" : "OPEN";
        values["by"] = By;
        return values;
    }
}

/// <summary>Whether an occasion takes place.</summary>
public enum OccasionStatus
{
    /// <summary>It does; whether one can enrol follows from the activity's days.</summary>
    Open,

    /// <summary>It does not; whoever was enrolled has been told.</summary>
    Cancelled,
}

/// <summary>What can be enrolled for, and by which rules.</summary>
/// <param name="Number">What people call it: <c>EV2026-0042</c>.</param>
/// <param name="Type">One of <see cref="Types"/>.</param>
/// <param name="Audience">Kinds of membership that may enrol; empty for all.</param>
/// <param name="IsMandatory">Every membership of the audience has to take part.</param>
/// <param name="Opens">First day on which one can enrol.</param>
/// <param name="Closes">Last day on which one can enrol.</param>
/// <param name="CancelBy">Last day on which places can be given up.</param>
/// <param name="MostPerFirm">Places that one firm may have at one occasion; null for as many as there are.</param>
/// <param name="HasWaitingList">Who comes when all places are taken waits for one.</param>
/// <param name="NeedsChecker">A firm's enrolment counts only once its checker has sent it.</param>
public sealed record Activity(
    string Number, LocalText Title, string Type, IReadOnlyList<string> Audience, bool IsMandatory, DateOnly Opens, DateOnly Closes, DateOnly CancelBy,
    int? MostPerFirm, bool HasWaitingList, bool NeedsChecker)
{
    /// <summary>What kind of thing an activity may be.</summary>
    public static readonly IReadOnlyList<string> Types = ["BRIEFING", "TRAINING", "MARKET_REHEARSAL", "CONNECTIVITY_TEST", "DR_DRILL", "READINESS_DECLARATION", "SURVEY"];

    /// <summary>What it asks whoever enrols, beside the form's own fields.</summary>
    public IReadOnlyList<EntryQuestion> Questions { get; init; } = [];

    internal static Activity From(JsonObject values) => new(
        (string)values["activity"]!,
        values["title"].Deserialize<LocalText>()!,
        (string)values["type"]!,
        [.. (values["audience"] as JsonArray ?? []).Select(k => (string)k!)],
        (bool?)values["mandatory"] ?? false,
        Day(values, "opens"), Day(values, "closes"), Day(values, "cancelBy"),
        (int?)values["mostPerFirm"],
        (bool?)values["waitingList"] ?? false,
        (bool?)values["checker"] ?? false)
    { Questions = EntryQuestions.Read(values["questions"]) };

    internal JsonObject ToJson() => new()
    {
        ["activity"] = Number,
        ["title"] = JsonSerializer.SerializeToNode(Title),
        ["type"] = Type,
        ["audience"] = new JsonArray([.. Audience.Select(k => (JsonNode)k)]),
        ["mandatory"] = IsMandatory,
        ["opens"] = Day(Opens),
        ["closes"] = Day(Closes),
        ["cancelBy"] = Day(CancelBy),
        ["mostPerFirm"] = MostPerFirm,
        ["waitingList"] = HasWaitingList,
        ["checker"] = NeedsChecker,
        ["questions"] = EntryQuestions.ToJson(Questions),
    };

    private static DateOnly Day(JsonObject values, string name) => DateOnly.ParseExact((string)values[name]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
