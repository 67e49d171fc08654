using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// Turns the deadline rules of an eService into moments. Pure: the same facts, calendar and moment give the same plan, so
/// the form's clocks, the armed rows, rehearsals and the receipt never differ.
/// </summary>
public static class DeadlinePlanner
{
    /// <param name="facts">As for the flow; before a request exists <c>answers</c> and <c>membership</c> are enough.</param>
    public static DeadlinePlan Plan(EServiceDefinition service, JsonObject facts, BusinessCalendar calendar, DateTimeOffset now)
    {
        var scope = ScopeOf(service, facts, now);
        var planned = new Dictionary<string, PlannedDeadline>(StringComparer.Ordinal);
        var refused = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        foreach (var rules in service.Deadlines.GroupBy(d => d.Name, StringComparer.Ordinal))
        {
            if (Moment(service, rules, scope, calendar) is not { } moment)
            {
                continue;
            }

            if (moment.IsRefused)
            {
                refused[rules.Key] = moment.Refusal;
            }
            else
            {
                planned[rules.Key] = moment.Value;
            }
        }

        return new DeadlinePlan(planned, refused, calendar.Version);
    }

    /// <summary>Whether a checker may send now, and if not, when and why.</summary>
    public static Result<ProcessingDay> ProcessingAt(EServiceDefinition service, JsonObject facts, BusinessCalendar calendar, DateTimeOffset now)
    {
        var (kind, fault) = service.Processing.Day.In(ScopeOf(service, facts, now));
        if (kind is null)
        {
            return new DeadlineIsNotPlannable("processing", fault!);
        }

        var (otherwise, today) = (service.Processing.Otherwise, HongKong.DateIn(now));
        var opens = service.Processing.Opens ?? TimeOnly.MinValue;
        var isTooEarly = now < HongKong.At(today, opens);
        return calendar.Is(kind.Value, today).Match<Result<ProcessingDay>>(
            counts => counts && !isTooEarly
                ? new ProcessingDay(true, otherwise, now, null, [])
                : (counts ? today : calendar.Next(today, kind.Value)).Then(day => HongKong.At(day, opens)).Then(next => new ProcessingDay(
                    false, otherwise, otherwise == Otherwise.Defer ? next : now, next, [.. calendar.Reasons(kind.Value, today).Select(r => r.Words)])),
            refusal => refusal);
    }

    private static Result<PlannedDeadline>? Moment(EServiceDefinition service, IEnumerable<DeadlineRule> rules, Dictionary<string, JsonNode?> scope, BusinessCalendar calendar)
    {
        foreach (var rule in rules)
        {
            var applies = rule.When?.Evaluate(scope);
            if (applies?.Fault is { } broken)
            {
                return new DeadlineIsNotPlannable(rule.Name, broken);
            }

            if (applies?.IsTrue == false)
            {
                continue;
            }

            var anchor = rule.Anchor.Evaluate(scope);
            if (anchor.Fault is not null)
            {
                return new DeadlineIsNotPlannable(rule.Name, anchor.Fault);
            }

            return anchor.Value.Date() is { } date ? Counted(service, rule, date, scope, calendar) : default(Result<PlannedDeadline>?);
        }

        return null;
    }

    private static Result<PlannedDeadline> Counted(EServiceDefinition service, DeadlineRule rule, DateOnly anchor, Dictionary<string, JsonNode?> scope, BusinessCalendar calendar)
    {
        var (kind, fault) = rule.Days.In(scope);
        if (kind is null)
        {
            return new DeadlineIsNotPlannable(rule.Name, fault!);
        }

        var due = At(service, rule.Name, rule.Time, scope, calendar.Plus(anchor, rule.Plus, kind.Value));
        if (due.IsRefused)
        {
            return due.Refusal;
        }

        DateTimeOffset? lateAt = null;
        if (rule.Late is { } late)
        {
            var until = At(service, rule.Name, late.Time, scope, calendar.Plus(anchor, late.Plus, kind.Value));
            if (until.IsRefused)
            {
                return until.Refusal;
            }

            lateAt = until.Value;
        }

        var safe = due.Value - service.Processing.CheckerNeeds;
        var start = WorkingTime.Before(safe, service.Processing.MakerNeeds, kind.Value, calendar);
        var days = new[] { anchor, HongKong.DateIn(due.Value), HongKong.DateIn(start) };
        var (from, to) = (days.Min(), days.Max());
        return new PlannedDeadline(
            rule.Name, rule.Label, due.Value, lateAt, safe, start, rule.Behaviour,
            [.. calendar.Skipped(from, to, kind.Value).Select(r => r.Words)],
            rule.Source, rule.Verified && calendar.IsVerified(kind.Value, from) && calendar.IsVerified(kind.Value, to));
    }

    private static Result<DateTimeOffset> At(EServiceDefinition service, string deadline, string time, Dictionary<string, JsonNode?> scope, Result<DateOnly> day) =>
        (AnswerOf(time) is { } answer ? ParsedTime(scope.GetValueOrDefault("answers")?[answer].Text()) : TimeOf(service, time)) is { } at
            ? day.Then(d => HongKong.At(d, at))
            : new DeadlineIsNotPlannable(deadline, $"\"{time}\" is neither a time (\"19:00\") nor the name of a setting or an answer that holds one (\"settings.cutOffTime\").");

    /// <summary>"19:00", or the name of a setting that holds it; null where it is neither.</summary>
    internal static TimeOnly? TimeOf(EServiceDefinition service, string text)
    {
        const string Settings = "settings.";
        var time = text.StartsWith(Settings, StringComparison.Ordinal) ? service.Settings.GetValueOrDefault(text[Settings.Length..])?.Value.Text() : text;
        return ParsedTime(time);
    }

    /// <summary>The name of the answer that holds a deadline's time: "answers.cutOff"; null where something else says it.</summary>
    internal static string? AnswerOf(string time) => time.StartsWith("answers.", StringComparison.Ordinal) ? time["answers.".Length..] : null;

    private static TimeOnly? ParsedTime(string? time) => TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    private static Dictionary<string, JsonNode?> ScopeOf(EServiceDefinition service, JsonObject facts, DateTimeOffset now)
    {
        var scope = Scopes.Of(facts);
        scope["today"] ??= HongKong.DateIn(now).Iso();
        scope["now"] ??= now.ToHongKong().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        scope["settings"] ??= service.SettingValues();
        return scope;
    }
}
