using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>Who comes to an occasion, and who waits; with what they answered where the activity asks something.</summary>
public sealed record RosterOf(OccasionCount Count, IReadOnlyList<RosterRow> Rows)
{
    /// <summary>What was asked, of anybody, in the order of the questions.</summary>
    public IReadOnlyList<FormField> Asked => [.. Rows.SelectMany(r => r.Answers).Select(a => a.Field).DistinctBy(f => f.Name)];

    /// <summary>As CSV, one attendee a row; what was answered behind it, a column for each question.</summary>
    public string ToCsv() => Csv.Of(
        [.. new[] { "firm", "membership", "request", "state", "position", "name", "title", "email", "phone", "part", "attended", "result", "remark" }, .. Asked.Select(f => f.Label.En)],
        Rows.Select(r => new[]
        {
            r.Firm, r.ParticipantId, r.RequestNumber ?? string.Empty, r.State.ToString(), r.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            r.Name, r.Title ?? string.Empty, r.Email, r.Phone ?? string.Empty, r.Part ?? string.Empty,
            r.HasAttended switch { true => "yes", false => "no", null => string.Empty }, r.HasPassed switch { true => "pass", false => "fail", null => string.Empty }, r.Remark ?? string.Empty,
        }.Concat(Asked.Select(f => r.Answers.FirstOrDefault(a => a.Field.Name == f.Name)?.Text ?? string.Empty)).ToArray()));
}

/// <summary>What was said to one question.</summary>
/// <param name="Field">As it was asked.</param>
public sealed record RosterAnswer(FormField Field, JsonNode? Value)
{
    /// <summary>For files: the option's words in English, yes or no, or the value itself.</summary>
    public string Text => Value switch
    {
        null => string.Empty,
        _ when Field.Options.FirstOrDefault(o => o.Value == (Value as JsonValue)?.ToString()) is { } option => option.Label.En,
        _ when Value.GetValueKind() == System.Text.Json.JsonValueKind.True => "yes",
        _ when Value.GetValueKind() == System.Text.Json.JsonValueKind.False => "no",
        _ => Value.ToString(),
    };
}

/// <summary>One attendee; where nobody comes, the request that answered.</summary>
/// <param name="Position">The order in which the enrolment arrived.</param>
public sealed record RosterRow(
    RequestId Request, string? RequestNumber, int Number, string Firm, string ParticipantId, EnrolmentState State, int Position, string Name, string? Title, string Email, string? Phone, string? Part,
    bool? HasAttended, bool? HasPassed, string? Remark)
{
    /// <summary>An attendee, and not only answers.</summary>
    public bool IsSomebody => Number > 0;

    /// <summary>What the activity asked of the request and of this attendee.</summary>
    public IReadOnlyList<RosterAnswer> Answers { get; init; } = [];
}

/// <summary>Reads rosters, for the clearing house's people.</summary>
public sealed class Roster(NpgsqlDataSource source, Activities activities, Catalogue catalogue)
{
    private const string Rows =
        """
        SELECT e.request_id, r.number, coalesce(a.number, 0), f.name_en, m.participant_id, e.state, e.position, coalesce(a.name, ''), a.title, coalesce(a.email, ''), a.phone, a.part, a.has_attended, a.has_passed, a.remark,
               r.bundle_hash, r.answers::text
        FROM enrolment.enrolment e JOIN requests.service_request r ON r.id = e.request_id
        JOIN access.firm f ON f.id = e.firm_id JOIN access.membership m ON m.id = e.membership_id
        LEFT JOIN enrolment.attendee a ON a.request_id = e.request_id AND a.is_coming
        WHERE e.occasion = $1 AND e.state <> 'GivenUp' AND (a.request_id IS NOT NULL OR e.places = 0) ORDER BY e.state, e.position, a.number
        """;

    /// <summary>Null where there is no such occasion, or none for this viewer.</summary>
    public async Task<RosterOf?> ReadAsync(Viewer viewer, string key, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister) || await activities.FindAsync(viewer, key, ct) is not { } count) return null;
        await using var command = source.CreateCommand(Rows);
        command.Parameters.Add(new() { Value = key });
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<RosterRow>();
        while (await row.ReadAsync(ct))
        {
            var number = row.GetInt32(2);
            rows.Add(new RosterRow(
                new RequestId(row.GetGuid(0)), Text(row, 1), number, row.GetString(3), row.GetString(4), Enum.Parse<EnrolmentState>(row.GetString(5)), row.GetInt32(6),
                row.GetString(7), Text(row, 8), row.GetString(9), Text(row, 10), Text(row, 11), YesNo(row, 12), YesNo(row, 13), Text(row, 14))
            {
                Answers = Text(row, 15) is { } release && catalogue.ByHash(release) is { } bundle ? Answered(bundle.Form, (JsonObject)JsonNode.Parse(row.GetString(16))!, number) : [],
            });
        }

        return new RosterOf(count, rows);
    }

    private static IReadOnlyList<RosterAnswer> Answered(FormDefinition form, JsonObject answers, int number)
    {
        form = form.Asking(answers);
        var line = form.Lines is { } lines ? (answers[lines.Name] as JsonArray)?.ElementAtOrDefault(number - 1) as JsonObject : null;
        return
        [
            .. EntryQuestions.Asked(form.Fields).Select(f => new RosterAnswer(f, answers[f.Name])),
            .. number == 0 ? [] : EntryQuestions.Asked(form.Lines?.Columns ?? []).Select(f => new RosterAnswer(f, line?[f.Name])),
        ];
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static bool? YesNo(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);
}
