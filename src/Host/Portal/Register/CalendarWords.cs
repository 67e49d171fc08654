using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Portal.Register;

/// <summary>What markets, their days and the columns of their files are called.</summary>
internal static class CalendarWords
{
    /// <summary>Imports of calendars, with the market that each is of.</summary>
    public static IReadOnlyList<(string Kind, Market Market)> Kinds { get; } = [.. Enum.GetValues<Market>().Select(m => (CalendarFiles.KindOf(m), m))];

    public static LocalText Market(Market market) => Words.Text("calendar.market-" + market.ToString().ToLowerInvariant());

    /// <summary>"Calendar: Hong Kong"; null where it is the kind of no calendar.</summary>
    public static LocalText? Kind(string kind) =>
        CalendarFiles.MarketOf(kind) is { } market ? PortalCalls.Texts(l => Words.Of("calendar.of", l, ("market", Market(market).In(l)))) : null;

    public static LocalText Column(string column) => Words.Text("calendar.column-" + column);

    public static string ExportHref(string kind) => $"/register/calendar/{kind["calendar-".Length..]}.csv";

    public static IReadOnlyList<CalendarFile> Files(Viewer viewer) =>
        [.. Kinds.Select(k => new CalendarFile(Market(k.Market), ExportHref(k.Kind), PermissionTable.Allows(viewer, Permission.ImportRegister) ? $"/register/imports/new?kind={k.Kind}" : null))];

    /// <summary>"Thu 24 Dec 2026", and of a day that ends what it was.</summary>
    public static string Day(ImportChange change, string language)
    {
        var date = HongKongWords.Date(DateOnly.ParseExact(change.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture), language);
        return change.After is null ? $"{date}: {Value("name", change.Before!["name"], language)}" : date;
    }

    public static string? Value(string column, JsonNode? value, string language) =>
        column == "kind" && value is not null ? Words.Of("calendar." + value, language) : AnswerWords.Plain(value, language);
}
