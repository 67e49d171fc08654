using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Audit;

/// <summary>A market in which everything that can happen has happened is without a difference; each difference that is planted is named.</summary>
public sealed class AuditTheWorldTests(DeskDatabase shared) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task Where_all_is_well_nothing_is_named()
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own);
        await ApprovedAsync(desk);
        await WithdrawnAsync(desk);
        await desk.WithClearingHouse();
        var returned = await desk.WithChecker();
        Desk.IdOf(await desk.Decides(Desk.Checker, returned, Decision.Return));
        Desk.IdOf(await desk.Submits(Desk.Maker, returned));
        Desk.IdOf(await desk.Decides(Desk.Checker, returned, Decision.Reject));
        await desk.Draft();
        var late = await desk.WithChecker();
        desk.ClockShows("2027-02-01 10:00");
        await desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);

        var report = await Audit(desk);

        Assert.Equal("Expired", await desk.StatusOf(late));
        Assert.Empty(report.Differences);
        Assert.Equal(5, report.Requests);
        Assert.True(report.Notices > 10, "The notices are judged too.");
    }

    [Fact]
    public async Task A_changed_event_is_named()
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own);
        await Plants(desk, await desk.WithClearingHouse(), "O4", "its content is not what was recorded", "UPDATE events.event SET at = at + interval '1 second' WHERE request_id = $1 AND sequence = 2");
    }

    [Theory]
    [InlineData("O2", "does not follow", "UPDATE events.event SET data = jsonb_set(data, '{status}', '\"approved\"') WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O2", "does not have", "UPDATE events.event SET data = jsonb_set(data, '{step}', '\"nowhere\"') WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O2", "are not 1 to", "DELETE FROM events.event WHERE request_id = $1 AND sequence = 1")]
    [InlineData("O2", "its last event says", "UPDATE requests.service_request SET status = 'Processing' WHERE id = $1")]
    [InlineData("O2", "is not stored", "UPDATE requests.service_request SET bundle_hash = 'no release' WHERE id = $1")]
    [InlineData("O2", "in the ledger", "UPDATE deadlines.deadline SET state = 'Fired' WHERE request_id = $1 AND state = 'Armed'")]
    [InlineData("O3", "no task is open there", "UPDATE inbox.task SET is_open = false WHERE request_id = $1")]
    [InlineData("O3", "where it does not wait", "UPDATE inbox.task SET is_open = true WHERE request_id = $1")]
    [InlineData("O3", "is armed for", "UPDATE deadlines.deadline SET state = 'Armed' WHERE request_id = $1 AND state = 'Cleared'")]
    [InlineData("O5", "nobody was told", "DELETE FROM notices.notice WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O5", "which it does not tell", "UPDATE notices.notice SET template = 'late' WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O5", "which there is not", "UPDATE notices.notice SET sequence = 99 WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O5", "was queued 2 times", "INSERT INTO notices.notice SELECT (jsonb_populate_record(n, '{\"id\": \"00000000-0000-0000-0000-00000000000a\"}')).* FROM notices.notice n WHERE request_id = $1 AND sequence = 1 LIMIT 1")]
    [InlineData("O5", "without a moment or a message id", "UPDATE notices.notice SET state = 'Sent' WHERE request_id = $1")]
    [InlineData("O5", "stands at", "UPDATE notices.notice SET message_id = 'same' WHERE request_id = $1")]
    [InlineData("O7", "played two parts", "UPDATE events.event SET user_id = (SELECT user_id FROM events.event WHERE request_id = $1 AND sequence = 1) WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O8", "another firm than its membership", "UPDATE requests.service_request SET membership_id = 'hkscc-b09002' WHERE id = $1")]
    [InlineData("O8", "its task at", "UPDATE inbox.task SET firm_id = gen_random_uuid() WHERE request_id = $1")]
    [InlineData("O8", "who is not of its firm", "UPDATE events.event SET user_id = (SELECT id FROM access.user_account WHERE email = 'checker@b09002.example') WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O8", "was begun by", "UPDATE requests.service_request SET created_by = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE id = $1")]
    [InlineData("O8", "neither of its firm", "UPDATE notices.notice SET recipient_id = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE request_id = $1")]
    public async Task What_is_planted_in_a_waiting_request_is_named(string rule, string words, string sql) => await Plants(await DeskAsync(), d => d.WithClearingHouse(), rule, words, sql);

    [Theory]
    [InlineData("O3", "it is closed", "UPDATE requests.service_request SET closed_at = updated_at WHERE id = $1")]
    [InlineData("O7", "people did the check", "DELETE FROM events.event WHERE request_id = $1 AND sequence = 2")]
    [InlineData("O8", "not of the clearing house", "UPDATE events.event SET user_id = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE request_id = $1 AND sequence = 3")]
    [InlineData("O3", "which is armed 0 times", "UPDATE deadlines.deadline SET state = 'Cleared' WHERE request_id = $1 AND state = 'Armed'")]
    public async Task What_is_planted_in_an_approved_request_is_named(string rule, string words, string sql) => await Plants(await DeskAsync(), ApprovedAsync, rule, words, sql);

    [Theory]
    [InlineData("O3", "has an open task", "UPDATE inbox.task SET is_open = true WHERE request_id = $1")]
    [InlineData("O3", "not closed", "UPDATE requests.service_request SET closed_at = NULL WHERE id = $1")]
    [InlineData("O3", "to itself", "INSERT INTO requests.touch (key, request_id) VALUES ('position:left', $1)")]
    [InlineData("O2", "came after the end", "INSERT INTO events.event SELECT request_id, 3, type, at, user_id, data, content_hash, hash, hash FROM events.event WHERE request_id = $1 AND sequence = 2")]
    public async Task What_is_planted_in_a_closed_request_is_named(string rule, string words, string sql) => await Plants(await DeskAsync(), WithdrawnAsync, rule, words, sql);

    [Theory]
    [InlineData("O9", "its content is gone", "DELETE FROM files.content WHERE attachment_id = $1")]
    [InlineData("O9", "its content is still there", "UPDATE files.publication SET cleared_at = kept_until WHERE id = $1")]
    [InlineData("O9", "its log does not begin", "INSERT INTO files.publication_event (publication_id, kind, at) VALUES ($1, 'Published', '2026-11-23')")]
    [InlineData("O8", "it was handed to", "INSERT INTO files.publication_event (publication_id, kind, at, user_id, membership_id) SELECT $1, 'Downloaded', '2026-11-23', id, 'hkscc-b09001' FROM access.user_account WHERE email = 'maker@b09002.example'")]
    [InlineData("O8", "it was published by one", "UPDATE files.publication SET published_by = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE id = $1")]
    public async Task What_is_planted_in_a_published_file_is_named(string rule, string words, string sql)
    {
        var desk = await DeskAsync();
        var id = Guid.NewGuid();
        await shared.Rows.OwnerRunsAsync(
            """
            WITH who AS (SELECT id, firm_id FROM access.user_account WHERE email = 'reviewer@clearing.example'),
            file AS (INSERT INTO files.attachment (id, firm_id, purpose, uploaded_by, uploaded_at, name, content_type, size, sha256, scan)
              SELECT $1, firm_id, 'publication', id, '2026-11-23', 'a.csv', 'text/csv', 1, repeat('0', 64), 'NotScanned' FROM who),
            content AS (INSERT INTO files.content (attachment_id, bytes) VALUES ($1, 'a')),
            publication AS (INSERT INTO files.publication (id, eservice, type, clearing_house, membership_id, published_by, published_at, kept_until)
              SELECT $1, 'files', 'REPORT', 'Hkscc', 'hkscc-b09001', id, '2026-11-23', '2099-01-01' FROM who)
            INSERT INTO files.publication_event (publication_id, kind, at, user_id, firm_id) SELECT $1, 'Published', '2026-11-23', id, firm_id FROM who
            """, id);
        Assert.DoesNotContain((await Audit(desk)).Differences, d => d.Where.Contains(id.ToString(), StringComparison.Ordinal));

        await shared.Rows.OwnerRunsAsync(sql, id);

        Assert.Contains((await Audit(desk)).Differences, d => d.Rule == rule && d.Where.Contains(id.ToString(), StringComparison.Ordinal) && d.What.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("it says no such day", "UPDATE register.entry SET values = '{}' WHERE id = $1")]
    [InlineData("something else ended it too", "UPDATE register.entry SET ended_by = $1 WHERE id = $1")]
    [InlineData("not when it ended", "UPDATE register.entry SET valid_to = '2026-11-24T23:59:00+08' WHERE id = $1")]
    [InlineData("not when it ended", "UPDATE register.entry SET valid_to = NULL WHERE id = $1")]
    public async Task What_is_planted_in_an_entry_that_ended_with_its_last_day_is_named(string words, string sql)
    {
        var desk = await DeskAsync();
        var id = Guid.NewGuid();
        await shared.Rows.OwnerRunsAsync(
            """
            INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from, valid_to, ended_after)
            SELECT $1, 'thing', $1::text, m.id, m.firm_id, '{ "until": "2026-11-24" }', '2026-11-23', '2026-11-25T00:00:00+08', '2026-11-24' FROM access.membership m WHERE m.id = 'hkscc-b09001'
            """, id);
        Assert.DoesNotContain((await Audit(desk)).Differences, d => d.Where.Contains(id.ToString(), StringComparison.Ordinal));

        await shared.Rows.OwnerRunsAsync(sql, id);

        Assert.Contains((await Audit(desk)).Differences, d => d.Rule == "O14" && d.Where.Contains(id.ToString(), StringComparison.Ordinal) && d.What.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("O12", "it counts", "UPDATE register.import SET begun = 2 WHERE id = $1")]
    [InlineData("O12", "it counts", "UPDATE register.entry SET ended_by_import = $1 WHERE import_id = $1")]
    [InlineData("O12", "it counts", "UPDATE register.import SET content = 'a' WHERE id = $1")]
    [InlineData("O12", "an import that there is not", "DELETE FROM register.import WHERE id = $1")]
    [InlineData("O8", "not of the clearing house", "UPDATE register.import SET imported_by = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE id = $1")]
    [InlineData("O8", "another firm than its membership", "UPDATE register.entry SET firm_id = gen_random_uuid() WHERE import_id = $1")]
    public async Task What_is_planted_in_an_import_is_named(string rule, string words, string sql)
    {
        var desk = await DeskAsync();
        var id = Guid.NewGuid();
        await shared.Rows.OwnerRunsAsync(
            """
            WITH who AS (SELECT id FROM access.user_account WHERE email = 'supervisor@clearing.example'),
            import AS (INSERT INTO register.import (id, kind, name, sha256, size, offered_by, offered_at, imported_by, imported_at, begun, changed, ended, stayed, left_out)
              SELECT $1, 'thing', 'a.csv', repeat('0', 64), 1, id, '2026-11-23', id, '2026-11-23', 1, 0, 0, 0, 0 FROM who)
            INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from, import_id)
            SELECT gen_random_uuid(), 'thing', $1::text, m.id, m.firm_id, '{}', '2026-11-23', $1 FROM access.membership m WHERE m.id = 'hkscc-b09001'
            """, id);
        Assert.DoesNotContain((await Audit(desk)).Differences, d => d.Where.Contains(id.ToString(), StringComparison.Ordinal));

        await shared.Rows.OwnerRunsAsync(sql, id);

        Assert.Contains((await Audit(desk)).Differences, d => d.Rule == rule && d.Where.Contains(id.ToString(), StringComparison.Ordinal) && d.What.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_acknowledged_and_is_not_there_is_named()
    {
        var desk = await DeskAsync();
        var withdrawn = await WithdrawnAsync(desk);
        var version = await shared.Rows.ValueAsync<string>("SELECT answer->>'version' FROM requests.operation WHERE answer->>'id' = $1 AND answer->>'status' = 'withdrawn'", withdrawn.ToString());
        var key = await shared.Rows.ValueAsync<string>("SELECT key FROM requests.operation WHERE answer->>'id' = $1 AND answer->>'status' = 'withdrawn'", withdrawn.ToString());
        AuditEvidence Said(RequestId request, string? key, string said) => new([new AcknowledgedClick(request, key, said)], []);

        Assert.DoesNotContain((await Audit(desk, Said(withdrawn, key, version!))).Differences, d => d.Rule == "O1");
        Named(await Audit(desk, Said(withdrawn, "never", version!)), "O1", "'never' is not stored");
        Named(await Audit(desk, Said(withdrawn, key, "1.1")), "O1", "is stored with");
        Named(await Audit(desk, Said(withdrawn, null, "1.9")), "O1", "was acknowledged, ");
        Named(await Audit(desk, Said(RequestId.New(), null, "1.0")), "O1", "is lost with its request");
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_does_not_hold_the_head_that_was_published()
    {
        var desk = await DeskAsync();
        var waiting = await desk.WithClearingHouse();
        var hash = await shared.Rows.ValueAsync<string>("SELECT encode(hash, 'hex') FROM events.event WHERE request_id = $1 AND sequence = 2", waiting.Value);
        AuditEvidence Published(int sequence, string head) => new([], [new PublishedHead(waiting, sequence, head)]);

        Assert.DoesNotContain((await Audit(desk, Published(2, hash!))).Differences, d => d.Where == waiting.ToString());
        Named(await Audit(desk, Published(2, new string('a', 64))), "O4", "written anew");
        Named(await Audit(desk, Published(9, hash!)), "O4", "is not there");
    }

    [Fact]
    public async Task Mails_that_never_came_or_came_twice_are_named()
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own);
        await desk.WithClearingHouse();
        await own.Rows.OwnerRunsAsync("UPDATE notices.notice SET state = 'Sent', sent_at = queued_at, message_id = id::text || '@portal'");
        string[] all = [.. (await own.Rows.ValueAsync<string[]>("SELECT array_agg(message_id) FROM notices.notice"))!];
        AuditEvidence Arrived(IReadOnlyList<string> ids, int inFlight = 0) => new([], [], ids, inFlight);

        Assert.Empty((await Audit(desk, Arrived(all))).Differences);
        Assert.Empty((await Audit(desk, Arrived([.. all, all[0]], 1))).Differences);
        Named(await Audit(desk, Arrived([.. all, all[0]])), "O6", "arrived 2 times");
        Named(await Audit(desk, Arrived(all[1..])), "O6", "never arrived");
    }

    private async Task<Desk> DeskAsync() => await Desk.AtAsync(shared);

    private static async Task<RequestId> ApprovedAsync(Desk desk)
    {
        var id = await desk.Reviewed();
        await desk.Claims(Desk.Approver, id);
        return Desk.IdOf(await desk.Decides(Desk.Approver, id));
    }

    private static async Task<RequestId> WithdrawnAsync(Desk desk) => Desk.IdOf(await desk.Withdraws(Desk.Maker, await desk.WithChecker(), Desk.Key(Guid.NewGuid().ToString())));

    private static async Task Plants(Desk desk, Func<Desk, Task<RequestId>> begin, string rule, string words, string sql) =>
        await Plants(desk, await begin(desk), rule, words, sql);

    // Others have planted theirs in the same market: only what is said of this request counts.
    private static async Task Plants(Desk desk, RequestId request, string rule, string words, string sql)
    {
        var number = await desk.Database.Rows.ValueAsync<string>("SELECT number FROM requests.service_request WHERE id = $1", request.Value);
        await desk.Database.Rows.OwnerRunsAsync("ALTER TABLE events.event DISABLE TRIGGER append_only");
        Assert.NotEqual(0, await desk.Database.Rows.OwnerRunsAsync(sql, request.Value));

        var report = await Audit(desk);

        Named(report with { Differences = [.. report.Differences.Where(d => d.Where == number || d.Where == request.ToString() || d.Where == "The record")] }, rule, words);
    }

    private static void Named(AuditReport report, string rule, string words) =>
        Assert.Contains(report.Differences, d => d.Rule == rule && d.What.Contains(words, StringComparison.Ordinal));

    private static Task<AuditReport> Audit(Desk desk, AuditEvidence? evidence = null) => desk.Get<AuditTheWorld>().HandleAsync(evidence ?? AuditEvidence.None, Desk.Ct);
}
