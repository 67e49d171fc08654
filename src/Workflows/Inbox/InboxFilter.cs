using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>How soon a task's time ends.</summary>
public enum DueWithin
{
    /// <summary>It has ended.</summary>
    Over,

    /// <summary>Within the hour, or it has ended.</summary>
    Hour,

    /// <summary>Before midnight in Hong Kong, or it has ended.</summary>
    Today,
}

/// <summary>What comes first in the inbox.</summary>
public enum InboxOrder
{
    /// <summary>What has the least time left; work without a deadline comes last.</summary>
    TimeLeft,

    /// <summary>What has waited longest.</summary>
    Waiting,

    /// <summary>By participant, of each the least time left.</summary>
    Participant,
}

/// <summary>
/// What the inbox is cut to; null means all. The same names say it in an address, in the API and in a saved view, so that a view
/// can be kept, counted and mailed.
/// </summary>
/// <param name="Page">From 1; no part of a view.</param>
public sealed record InboxFilter(RequestId? Request = null, TaskKind? Kind = null, string? EService = null, bool MineOnly = false, bool UnclaimedOnly = false, int Page = 1, int PageSize = 25)
{
    private const int LongestSearch = 100, LongestKey = 100;

    /// <summary>Part of a request's number, or of the participant's ID or name.</summary>
    public string? Search { get; init; }

    public DueWithin? Due { get; init; }

    /// <summary>Only what was sent after the cut-off.</summary>
    public bool LateOnly { get; init; }

    /// <summary>Only what supervisors were told of.</summary>
    public bool EscalatedOnly { get; init; }

    public InboxOrder Order { get; init; }

    /// <summary>The moment that <see cref="Due"/> means; null for any.</summary>
    public DateTimeOffset? DueBefore(DateTimeOffset now) => Due switch
    {
        null => null,
        DueWithin.Over => now,
        DueWithin.Hour => now.AddHours(1),
        DueWithin.Today => HongKong.At(HongKong.DateIn(now).AddDays(1), TimeOnly.MinValue),
        _ => throw new ArgumentOutOfRangeException(nameof(now)),
    };

    /// <summary>The filter as names and values, in a fixed order; what is not cut to is left out.</summary>
    public IReadOnlyList<(string Name, string Value)> Terms()
    {
        var terms = new List<(string, string)>();
        if (MineOnly || UnclaimedOnly) terms.Add(("view", MineOnly ? "mine" : "unclaimed"));
        if (Kind is { } kind) terms.Add(("step", Code(kind)));
        if (EService is { } eService) terms.Add(("eService", eService));
        if (Due is { } due) terms.Add(("due", Code(due)));
        if (LateOnly) terms.Add(("late", "true"));
        if (EscalatedOnly) terms.Add(("escalated", "true"));
        if (Search is { } search) terms.Add(("q", search));
        if (Order != InboxOrder.TimeLeft) terms.Add(("sort", Code(Order)));
        return terms;
    }

    /// <summary>The filter that these names and values mean; what can't be read is left out.</summary>
    public static InboxFilter From(Func<string, string?> term)
    {
        var view = term("view");
        return new InboxFilter(null, Named<TaskKind>(term("step")), Short(term("eService"), LongestKey), view == "mine", view == "unclaimed")
        {
            Due = Named<DueWithin>(term("due")),
            LateOnly = term("late") == "true",
            EscalatedOnly = term("escalated") == "true",
            Search = Short(term("q"), LongestSearch),
            Order = Named<InboxOrder>(term("sort")) ?? InboxOrder.TimeLeft,
        };
    }

    internal JsonObject ToJson() => new(Terms().Select(t => KeyValuePair.Create(t.Name, (JsonNode?)JsonValue.Create(t.Value))));

    internal static InboxFilter From(JsonObject terms) => From(name => terms[name]?.GetValue<string>());

    private static string Code(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    // Only by name: a number would be read as one too.
    private static T? Named<T>(string? text)
        where T : struct, Enum => text is { Length: > 0 } && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static string? Short(string? text, int longest) => text?.Trim() is { Length: > 0 } clean && !clean.Contains('\0', StringComparison.Ordinal) ? clean[..Math.Min(clean.Length, longest)] : null;
}
