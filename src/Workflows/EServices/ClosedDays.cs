using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>A day to come that answers speak of, and that by the calendar is none on which it can happen.</summary>
/// <param name="Line">From 1; null outside of lines.</param>
/// <param name="Why">"Tue 24 Nov 2026 is a general holiday (Day of mourning)".</param>
/// <param name="Because">The same as one word, from which a reader knows which market it is.</param>
public sealed record ClosedDay(string Path, LocalText Label, int? Line, DateOnly Day, LocalText Why, WhyClosed Because);

/// <summary>
/// Days that people have answered, or that the form has worked out, and on which a calendar has closed the market since. What was sent stays
/// as it was sent; whoever works on it must see it. Pure.
/// </summary>
public static class ClosedDays
{
    /// <param name="answers">As they were sent, computed values among them.</param>
    /// <param name="from">What has passed is not looked at.</param>
    public static IReadOnlyList<ClosedDay> Of(EServiceDefinition service, FormDefinition form, JsonObject answers, BusinessCalendar calendar, DateOnly from)
    {
        var closed = new List<ClosedDay>();
        Dictionary<string, JsonNode?>? scope = null;
        Look(form.Fields, answers, "", null);
        foreach (var field in form.Fields.Where(f => f.Type == FieldType.Lines))
        {
            foreach (var (i, line) in (answers[field.Name] as JsonArray ?? []).Index())
            {
                if (line is JsonObject values) Look(field.Columns, values, $"{field.Name}[{i}].", i + 1);
            }
        }

        return closed;

        void Look(IEnumerable<FormField> fields, JsonObject values, string prefix, int? line)
        {
            foreach (var field in fields.Where(f => !f.Hidden))
            {
                if ((field.DayKind ?? field.Calendar?.Days) is { } rule && values[field.Name].Date() is { } day && day >= from && rule.In(ScopeOf(values, line)).Kind is { } kind && calendar.Is(kind, day) is { IsRefused: false, Value: false })
                {
                    var reason = calendar.Reasons(kind, day)[0];
                    closed.Add(new ClosedDay(prefix + field.Name, field.Label, line, day, reason.Words, reason.Why));
                }
            }
        }

        // Most requests speak of no day to come: for these it costs no more than to look.
        Dictionary<string, JsonNode?> ScopeOf(JsonObject values, int? line)
        {
            if (scope is null)
            {
                scope = Scopes.OfForms.ToDictionary(name => name, _ => (JsonNode?)null, StringComparer.Ordinal);
                (scope["answers"], scope["settings"]) = (answers, service.SettingValues());
            }

            scope["line"] = line is null ? null : values;
            return scope;
        }
    }
}
