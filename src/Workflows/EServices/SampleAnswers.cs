using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// How a complete example of an eService is made, as sample.json says; for demonstrations, rehearsals, tests and load.
/// </summary>
/// <param name="Answers">Per field an expression or a value, with the form's names in scope; fields with a default may be left out.</param>
/// <param name="Lines">How lines are made; null where the form has none.</param>
public sealed record Sample(IReadOnlyDictionary<string, Rule> Answers, SampleLines? Lines = null);

/// <summary>Lines made from entries of the register.</summary>
/// <param name="Field">The field that holds the lines.</param>
/// <param name="Kind">Kind of entry.</param>
/// <param name="When">Which entries serve, over <c>entry</c>; null for all.</param>
/// <param name="Count">How many lines at most.</param>
/// <param name="Columns">Per column an expression over <c>entry</c> and the form's names.</param>
public sealed record SampleLines(string Field, string Kind, int Count, IReadOnlyDictionary<string, Rule> Columns, Rule? When = null);

/// <summary>Makes answers that can be sent as they are.</summary>
public static class SampleAnswers
{
    // How often entries are tried that the form may refuse.
    private const int Rounds = 10;

    /// <param name="free">Register entries that belong to the membership and that no open request touches.</param>
    /// <param name="files">Uploaded files by purpose (the name of the field that takes them).</param>
    /// <returns>Null where the eService has no sample, or there are no entries left to make its lines from.</returns>
    public static JsonObject? For(EServiceBundle bundle, FormContext context, IEnumerable<HeldEntry> free, JsonObject? files = null)
    {
        if (bundle.Sample is not { } sample)
        {
            return null;
        }

        var scope = Scopes.Of(context);
        scope["files"] = files ?? [];
        scope["entry"] = null;
        scope["latest"] = Days(context, context.Calendar.OnOrBefore);
        scope["next"] = Days(context, context.Calendar.Next);
        var answers = Made(sample.Answers, scope, "answers");
        if (sample.Lines is { } lines)
        {
            var entries = free.Where(e => e.Kind == lines.Kind).Where(e => Serves(lines, e, scope)).ToList();
            if (entries.Count == 0)
            {
                return null;
            }

            Fill(bundle, context, answers, entries, scope);
        }

        return answers;
    }

    /// <summary>The entries that fit what is answered so far; answers include what was computed.</summary>
    public static IReadOnlyList<HeldEntry> Fitting(Pick pick, IReadOnlyList<HeldEntry> entries, FormContext context, JsonObject answers)
    {
        if (pick.When is not { } when) return entries;
        var scope = Scopes.Of(context);
        scope["answers"] = answers;
        return [.. entries.Where(entry =>
        {
            scope["entry"] = entry.ForRules();
            return when.Evaluate(scope).IsTrue;
        })];
    }

    /// <summary>A line as picking an entry fills it.</summary>
    public static JsonObject Picked(Pick pick, HeldEntry entry, FormContext context)
    {
        var scope = Scopes.Of(context);
        scope["entry"] = entry.ForRules();
        return Made(pick.Fill, scope, "line");
    }

    // A day of each kind, counted from today; null where the calendar isn't known.
    private static JsonObject Days(FormContext context, Func<DateOnly, DayKind, Result<DateOnly>> dayFrom) => new(
        from kind in Enum.GetValues<DayKind>()
        let day = dayFrom(HongKong.DateIn(context.Now), kind)
        select KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), day.IsRefused ? null : (JsonNode?)day.Value.Iso()));

    // The form itself says which entries it takes (none in a suspended security): where a line is refused, the next entry is tried.
    // Where none is taken, the first stay, and the form's own sentence says why.
    private static void Fill(EServiceBundle bundle, FormContext context, JsonObject answers, List<HeldEntry> entries, Dictionary<string, JsonNode?> scope)
    {
        var lines = bundle.Sample!.Lines!;
        List<HeldEntry> taken = [];
        for (int tried = 0, round = 0; taken.Count < lines.Count && tried < entries.Count && round < Rounds; round++)
        {
            List<HeldEntry> next = [.. taken, .. entries.Skip(tried).Take(lines.Count - taken.Count)];
            tried += next.Count - taken.Count;
            answers[lines.Field] = LinesOf(next);
            var faults = FormEvaluator.Evaluate(bundle.Form, answers, context).Faults;
            taken = [.. next.Where((_, line) => !faults.Any(f => f.Path.StartsWith($"{lines.Field}[{line}]", StringComparison.Ordinal)))];
        }

        answers[lines.Field] = LinesOf(taken.Count > 0 ? taken : [.. entries.Take(lines.Count)]);

        JsonArray LinesOf(List<HeldEntry> from) => [.. from.Select(entry => Line(lines, entry, scope))];
    }

    private static bool Serves(SampleLines lines, HeldEntry entry, Dictionary<string, JsonNode?> scope)
    {
        scope["entry"] = entry.ForRules();
        return lines.When is null || lines.When.Evaluate(scope).IsTrue;
    }

    private static JsonObject Line(SampleLines lines, HeldEntry entry, Dictionary<string, JsonNode?> scope)
    {
        scope["entry"] = entry.ForRules();
        return Made(lines.Columns, scope, "line");
    }

    // Rules may use what stands above them, under the name of their group.
    private static JsonObject Made(IReadOnlyDictionary<string, Rule> rules, Dictionary<string, JsonNode?> scope, string owner)
    {
        var made = new JsonObject();
        scope[owner] = made;
        foreach (var (name, rule) in rules)
        {
            made[name] = rule.Evaluate(scope).Value;
        }

        return made;
    }
}
