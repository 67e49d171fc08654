using ClientConnect.Workflows.Database;
using Npgsql;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// The rows of the outbox as senders share them. A sender takes some for a while (a lease); what it reports about one counts only
/// while nobody else has taken it since (the number of attempts is the proof), so a sender that hung does no harm when it wakes.
/// </summary>
internal sealed class NoticeQueue(NpgsqlDataSource database)
{
    /// <summary>A notice in a sender's hands.</summary>
    internal sealed record Taken(
        Guid Id, int Attempt, string Template, string? BundleHash, string Language, string RecipientName, string Email, string Model,
        DateTimeOffset FirstAttemptAt, DateTimeOffset QueuedAt, int? Sequence);

    // Only the first in line of each request and mailbox is taken, so that two senders can't overtake each other. Others' notices
    // of the same request are waited for too, unless their mailbox has said "not now".
    private const string TakeSql = """
        WITH head AS (
          SELECT n.id
          FROM notices.notice n
          WHERE n.state = 'Pending' AND n.next_attempt_at <= $1
            AND NOT EXISTS (
              SELECT 1 FROM notices.notice e
              WHERE e.request_id = n.request_id AND e.state = 'Pending' AND e.sequence < n.sequence
                AND (e.email = n.email OR NOT EXISTS (
                  SELECT 1 FROM notices.notice d
                  WHERE d.request_id = e.request_id AND d.email = e.email AND d.state = 'Pending' AND d.is_deferred
                  ORDER BY d.sequence OFFSET 0))
              ORDER BY e.sequence OFFSET 0)
          ORDER BY n.next_attempt_at, n.queued_at, n.sequence
          LIMIT $3
          FOR UPDATE OF n SKIP LOCKED)
        UPDATE notices.notice n
        SET attempts = n.attempts + 1, next_attempt_at = $2, first_attempt_at = coalesce(n.first_attempt_at, $1)
        FROM head WHERE n.id = head.id
        RETURNING n.id, n.attempts, n.template, n.bundle_hash, n.language, n.recipient_name, n.email, n.model::text, n.first_attempt_at, n.queued_at, n.sequence
        """;

    // An outbox fills faster than PostgreSQL counts its rows. Planned as if it were nearly empty, the whole of it would be read for every row
    // that is taken. The order that is asked for within the query, without sorting, is to be had from ix_notice_order alone; and OFFSET 0
    // keeps it from being left out.
    private const string PlanSql = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_sort', 'off', true)";

    // Found by its key alone: with a plain state = 'Pending' PostgreSQL may walk the index of all that wait.
    private const string StillMine = "id = $1 AND attempts = $2 AND coalesce(state, '') = 'Pending'";

    // The link of an invitation works like a password: it leaves the row with the mail.
    private const string SentSql = $"""
        UPDATE notices.notice
        SET state = 'Sent', sent_at = $3, subject = $4, message_id = $5, last_error = NULL, model = model - 'link'
        WHERE {StillMine}
        """;

    private const string DeadSql = $"""
        UPDATE notices.notice SET state = 'Dead', last_error = $3 WHERE {StillMine}
        """;

    private const string LaterSql = $"""
        UPDATE notices.notice SET next_attempt_at = $3, last_error = $4, is_deferred = is_deferred OR $5
        WHERE {StillMine}
        """;

    private const string HoldSql = """
        UPDATE notices.notice n SET next_attempt_at = $3
        FROM unnest($1::uuid[], $2::int[]) AS untried (id, attempt)
        WHERE n.id = untried.id AND n.attempts = untried.attempt AND coalesce(n.state, '') = 'Pending'
        """;

    public async Task<IReadOnlyList<Taken>> TakeAsync(DateTimeOffset now, TimeSpan lease, int most, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        statements.Add(PlanSql);
        statements.Add(TakeSql, now, now + lease, most);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        var taken = new List<Taken>();
        while (await rows.ReadAsync(ct))
        {
            taken.Add(new Taken(
                rows.GetGuid(0), rows.GetInt32(1), rows.GetString(2), await rows.IsDBNullAsync(3, ct) ? null : rows.GetString(3), rows.GetString(4),
                rows.GetString(5), rows.GetString(6), rows.GetString(7), rows.GetFieldValue<DateTimeOffset>(8), rows.GetFieldValue<DateTimeOffset>(9),
                await rows.IsDBNullAsync(10, ct) ? null : rows.GetInt32(10)));
        }

        return [.. taken.OrderBy(n => n.QueuedAt).ThenBy(n => n.Sequence).ThenBy(n => n.Id)];
    }

    public Task<bool> SentAsync(Taken notice, DateTimeOffset now, string subject, string messageId) =>
        CountsAsync(SentSql, notice.Id, notice.Attempt, now.ToUniversalTime(), subject, messageId);

    public Task<bool> DeadAsync(Taken notice, string why) => CountsAsync(DeadSql, notice.Id, notice.Attempt, Short(why));

    public Task<bool> LaterAsync(Taken notice, DateTimeOffset next, string why, bool isMailboxs) =>
        CountsAsync(LaterSql, notice.Id, notice.Attempt, next.ToUniversalTime(), Short(why), isMailboxs);

    /// <summary>Gives back what was taken and not tried.</summary>
    public Task ReturnAsync(IReadOnlyCollection<Taken> untried, DateTimeOffset next) => HoldAsync(HoldSql, untried, next);

    /// <summary>Keeps what was taken for longer: until that moment nobody else takes it. What was put off for longer stays so.</summary>
    public Task KeepAsync(IReadOnlyCollection<Taken> inHand, DateTimeOffset until) => HoldAsync(HoldSql + " AND n.next_attempt_at < $3", inHand, until);

    private async Task HoldAsync(string sql, IReadOnlyCollection<Taken> notices, DateTimeOffset moment)
    {
        if (notices.Count > 0)
        {
            await CountsAsync(sql, notices.Select(n => n.Id).ToArray(), notices.Select(n => n.Attempt).ToArray(), moment.ToUniversalTime());
        }
    }

    // Not cancelled with the host: what happened to a mail is written down even while shutting down.
    private async Task<bool> CountsAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string Short(string why)
    {
        var words = string.Concat(why.Select(c => char.IsControl(c) ? ' ' : c));
        return words.Length <= 500 ? words : words[..500];
    }
}
