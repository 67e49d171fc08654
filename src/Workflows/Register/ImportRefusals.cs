using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>It can't be read as a table: not text in UTF-8, a quote that does not close, or no name that ends in .csv.</summary>
/// <param name="Line">Where reading stopped; 1 where nothing could be read.</param>
public sealed record FileIsNotCsv(int Line) : Refusal(RefusalKind.Unsupported)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["line"] = Line.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>More than one file may bring at once.</summary>
public sealed record ImportIsTooLarge(int Megabytes, int Lines) : Refusal(RefusalKind.TooLarge)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string>
    {
        ["largest"] = Megabytes.ToString(CultureInfo.InvariantCulture),
        ["lines"] = Lines.ToString("N0", CultureInfo.InvariantCulture),
    };
}

/// <summary>A header and nothing below it, or not even that: it would end everything of its kind.</summary>
public sealed record ImportHasNoLines() : Refusal(RefusalKind.Invalid);

/// <summary>The first line does not name the columns of the kind.</summary>
/// <param name="Missing">Columns that must be there.</param>
/// <param name="Unknown">Columns that the kind does not have, or that are named twice.</param>
public sealed record ImportHeaderIsWrong(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["missing"] = Named(Missing), ["unknown"] = Named(Unknown) };

    private static string Named(IReadOnlyList<string> columns) => columns.Count == 0 ? "–" : string.Join(", ", columns.Take(20));
}

/// <summary>What the file would do is no longer what was seen: the register, or what is known of its kinds, is another one now.</summary>
public sealed record ImportIsNotAsSeen() : Refusal(RefusalKind.Conflict);

/// <summary>Lines are at fault, and nobody said to leave them out.</summary>
public sealed record ImportHasFaults(int Lines) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["n"] = Lines.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>Lines of a calendar are at fault: without them its year would be a wrong one.</summary>
public sealed record CalendarHasFaults(int Lines) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["n"] = Lines.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>A calendar is confirmed by another person than who offered it.</summary>
public sealed record YouOfferedTheCalendar() : Refusal(RefusalKind.NotAllowed);

/// <summary>It was taken in; what it brought can't be dropped.</summary>
public sealed record ImportIsDone() : Refusal(RefusalKind.Conflict);
