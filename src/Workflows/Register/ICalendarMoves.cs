using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>A deadline of a request under way that moves with the calendar.</summary>
/// <param name="Number">Null where the request is still with its firm: the clearing house does not know of it yet.</param>
/// <param name="Firm">Null where <paramref name="Number"/> is.</param>
/// <param name="Step">Where the request waits, as drawn.</param>
/// <param name="PassesAtOnce">It would fall into the past.</param>
public sealed record MovedDeadline(
    RequestId Request, string? Number, LocalText? Firm, LocalText EService, string Step, LocalText Deadline, DateTimeOffset From, DateTimeOffset To, bool PassesAtOnce);

/// <summary>A day that a request under way speaks of, and on which the market would be closed. It stays as it was sent.</summary>
/// <param name="Number">Null where the request is still with its firm: the clearing house does not know of it yet.</param>
/// <param name="Firm">Null where <paramref name="Number"/> is.</param>
/// <param name="Path">Of the answer.</param>
/// <param name="Line">From 1; null outside of lines.</param>
public sealed record ClosingDay(RequestId Request, string? Number, LocalText? Firm, LocalText EService, string Path, LocalText Answer, int? Line, DateOnly Day, LocalText Why);

/// <summary>All that moves, and how it is written.</summary>
/// <param name="Moved">By the moment from which it moves.</param>
/// <param name="Closing">By the day; whoever works on the request is told.</param>
/// <param name="AddTo">Adds the statements, under the import's id; they roll everything back where a request is no longer as it was looked at.</param>
public sealed record CalendarMoves(IReadOnlyList<MovedDeadline> Moved, IReadOnlyList<ClosingDay> Closing, Action<ClickBatch, Guid> AddTo)
{
    public static readonly CalendarMoves None = new([], [], (_, _) => { });
}

/// <summary>What rests on the calendar and moves with it; the module that owns it says what.</summary>
public interface ICalendarMoves
{
    /// <summary>What would move if the calendar became another one now. System read, for imports.</summary>
    Task<CalendarMoves> OfAsync(BusinessCalendar before, BusinessCalendar after, DateTimeOffset now, CancellationToken ct);

    /// <summary>What an import has moved. System read, for imports.</summary>
    Task<IReadOnlyList<MovedDeadline>> DoneAsync(Guid import, CancellationToken ct);
}
