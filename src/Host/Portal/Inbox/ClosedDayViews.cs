using System.Globalization;
using System.Text.Json;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>Days of a decision on which the market is closed, in words, and the field by which they are approved all the same.</summary>
internal static class ClosedDayViews
{
    public const string Path = "closedDays";

    /// <summary>Why, and which market it is: "Tue 24 Nov 2026 is a general holiday (Day of mourning): Hong Kong's market is closed".</summary>
    public static LocalText Why(ClosedDay day) => PortalCalls.Texts(l => Words.Of("closed-day." + JsonNamingPolicy.CamelCase.ConvertName(day.Because.ToString()), l, ("why", day.Why.In(l))));

    /// <summary>The same with the answer that speaks of it: "Line 2, Expected delivery: …".</summary>
    public static LocalText Said(ClosedDay day) => PortalCalls.Texts(l => Words.Of(day.Line is null ? "closed-day.answer" : "closed-day.answer.line", l,
        ("n", PortalCalls.Number(day.Line ?? 0)), ("answer", day.Label.In(l)), ("why", Why(day).In(l))));

    /// <summary>Each day by itself, so that nobody approves one that was not on the page; null where none is asked about.</summary>
    public static FieldView? Asked(IReadOnlyList<ClosedDay> closed, IReadOnlyList<string> ticked, IReadOnlyList<FieldFault> faults) => closed.Count == 0 ? null
        : new FieldView(Path, FieldKind.Choices, Words.Text("closed-day.approve"))
        {
            Options = [.. closed.DistinctBy(c => c.Day).OrderBy(c => c.Day).Select(c => new OptionView(c.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), PortalCalls.Texts(l => HongKongWords.Date(c.Day, l))))],
            Values = ticked,
            Fault = faults.FirstOrDefault(f => f.Path == Path),
        };
}
