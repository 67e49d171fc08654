using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>Attendance is marked from the day of the occasion on.</summary>
public sealed record TheOccasionIsStillToCome(DateOnly Date) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments =>
        new Dictionary<string, string> { ["date"] = Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) };
}

/// <summary>What is marked of one attendee.</summary>
/// <param name="HasAttended">Null where nothing is said, or no longer.</param>
/// <param name="HasPassed">The result of a rehearsal or a test; null where there is none.</param>
public sealed record AttendanceMark(RequestId Request, int Number, bool? HasAttended, bool? HasPassed, string? Remark);

/// <summary>The clearing house marks who attended, and with what result. Marking again replaces what was marked; marks are of whoever is enrolled.</summary>
public sealed class MarkAttendance(Roster rosters, ClickConnection connection, BusinessClock clock)
{
    private const int LongestRemark = 500;

    /// <returns>How many attendees were marked.</returns>
    public async Task<Result<int>> HandleAsync(Viewer viewer, string key, IReadOnlyList<AttendanceMark> marks, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.RunActivities) || await rosters.ReadAsync(viewer, key, ct) is not { } roster) return new NothingHere();
        var occasion = roster.Count.Occasion;
        if (HongKong.DateIn(clock.GetUtcNow()) < occasion.Date) return new TheOccasionIsStillToCome(occasion.Date);
        var tooLong = marks.Index().Where(m => m.Item.Remark?.Length > LongestRemark)
            .Select(m => new FieldFault($"marks[{m.Index}].remark", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "500" })).ToList();
        if (tooLong.Count > 0) return new AnswersAreIncomplete(tooLong);

        var there = roster.Rows.Where(r => r is { State: EnrolmentState.Enrolled, IsSomebody: true }).Select(r => (r.Request, r.Number)).ToHashSet();
        var known = marks.Where(m => there.Contains((m.Request, m.Number))).ToList();
        if (known.Count == 0) return 0;
        var rows = new RowSet();
        foreach (var mark in known) rows.Add(mark.Request.Value, mark.Number, Word(mark.HasAttended), Word(mark.HasPassed), mark.Remark);
        await connection.WriteAsync(
            batch => rows.AddTo(batch,
                """
                UPDATE enrolment.attendee a SET has_attended = m.attended::boolean, has_passed = m.passed::boolean, remark = m.remark
                FROM unnest($1, $2, $3, $4, $5) AS m (request_id, number, attended, passed, remark) WHERE a.request_id = m.request_id AND a.number = m.number
                """),
            ct);
        return known.Count;
    }

    private static string? Word(bool? said) => said switch { true => "true", false => "false", null => null };
}
