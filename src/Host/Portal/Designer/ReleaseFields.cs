using System.Globalization;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>From when a release is to be in force, as it was typed.</summary>
/// <param name="From">Null for at once.</param>
public sealed record ChosenMoment(string Date, string Time, DateTimeOffset? From);

/// <summary>The fields that analysts fill in when they answer a proposal, and how what stands in them is read.</summary>
internal static class ReleaseFields
{
    private static readonly string[] Times = ["HH:mm", "H:mm", "HHmm", "H.mm", "h:mmtt", "h:mm tt", "h.mmtt", "h.mm tt", "htt", "h tt"];

    /// <param name="typed">What was typed, by the field's name; null on a page that nobody filled in.</param>
    public static FieldView Of(string name, FieldKind kind, IReadOnlyList<FieldFault> wrong, Func<string, string?>? typed) => new(name, kind, Words.Text("designer.field." + name))
    {
        Hint = Words.Has("designer.field-hint." + name) ? Words.Text("designer.field-hint." + name) : null,
        IsOptional = name is not ("remark" or "reason"),
        Value = typed?.Invoke(name) ?? "",
        Fault = wrong.FirstOrDefault(f => f.Path == name || (f.Path == "from" && name == "date")),
    };

    /// <summary>Nothing is at once; a day alone begins with its first minute; what can't be read is a fault of its own field.</summary>
    public static (ChosenMoment? Moment, FieldFault? Fault) Read(string date, string time)
    {
        if (date.Length == 0 && time.Length == 0) return (new ChosenMoment(date, time, null), null);
        var hour = TimeOnly.MinValue;
        if (time.Length > 0 && !TimeOnly.TryParseExact(time, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out hour)) return (null, new FieldFault("time", "not-a-time"));
        if (date.Length == 0) return (null, new FieldFault("date", "required"));
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (new ChosenMoment(date, time, HongKong.At(day, hour)), null)
            : (null, new FieldFault("date", "not-a-date"));
    }
}
