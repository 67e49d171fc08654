using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// A request may name several memberships of its firm: who sends and checks it needs the right for each of them, and nothing is ever
/// written for a membership of somebody else.
/// </summary>
public sealed class SeveralMembershipsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Name = "ac-9-company-name", Of = "memberships";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_sends_and_who_checks_needs_the_right_for_each_of_them()
    {
        var firm = Cast.B09003;
        await TakeRightAsync(firm.Maker2, "seoch-czzc");
        await TakeRightAsync(firm.Checker, "seoch-czzc");
        var limited = await market.As(firm.Maker2);
        var draft = (await limited.StartsDraft(Name, await limited.SampleOf(Name, "hkscc-b09003"), "hkscc-b09003")).Id();

        Assert.Contains("SEOCH CZZC", (await limited.SubmitsRequest(draft)).Refused("not-yours-for-all-memberships").Title, StringComparison.Ordinal);
        await SavesAsync(limited, draft, new JsonArray("hkscc-b09003"));
        (await limited.SubmitsRequest(draft)).Accepted();
        (await (await market.As(firm.Checker)).Approves(draft)).Accepted();
        (await limited.WithdrawsRequest(draft)).Accepted();

        var maker = await market.As(firm.Maker);
        var all = await maker.Sends(Name, await maker.SampleOf(Name, "hkscc-b09003"));
        var checker = await market.As(firm.Checker);
        var task = await checker.TaskOf(all);
        Assert.Equal("not-yours-for-all-memberships", (string?)(await checker.SeesTask(task)).Accepted().Json["whyNot"]);
        Assert.Contains("SEOCH CZZC", (await checker.GetAsync($"/tasks/{task}")).Accepted().Body, StringComparison.Ordinal);
        (await checker.DecidesTask(task, "approve")).Refused("not-yours-for-all-memberships");
        (await (await market.As(firm.Checker2)).Approves(all)).Accepted();
        Assert.Equal("pendingChecker", await maker.StatusOf(all));
    }

    [Fact]
    public async Task A_membership_of_somebody_else_does_not_exist()
    {
        var (maker, other) = (await market.As(Cast.B09002.Maker), "hkscc-c09001");
        var draft = (await maker.StartsDraft(Name, await maker.SampleOf(Name, "hkscc-b09002"), "hkscc-b09002")).Id();
        var seen = (await maker.SeesRequest(draft)).Accepted();
        foreach (var named in new[] { other, "hkscc-b99999" })
        {
            var answers = seen.Json["answers"]!.DeepClone().AsObject();
            answers[Of] = new JsonArray("hkscc-b09002", named);
            Assert.Equal("not-an-option", (await maker.SavesAnswers(draft, answers, seen.ETag)).Refused("answers-are-incomplete").Faults[Of]);
        }

        Assert.DoesNotContain(other, (await maker.GetAsync($"/requests/{draft}/form")).Accepted().Body, StringComparison.Ordinal);
    }

    // What no click lets in is put into the row by hand: the flow stops before it writes, and an operator reads why.
    [Fact]
    public async Task Even_where_the_answers_were_tampered_with_nothing_is_written_for_somebody_else()
    {
        var request = await ApprovedAsync(Cast.C09001);
        await ExecuteAsync("""UPDATE requests.service_request SET answers = jsonb_set(answers, '{memberships}', '["hkscc-b09001"]') WHERE id = $1""", Guid.Parse(request));
        await ItsDayComesAsync(request);

        Assert.Equal("approved", await (await market.As(Cast.C09001.Maker)).StatusOf(request));
        Assert.Equal(0, await market.Database.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE request_id = $1", Guid.Parse(request)));
        Assert.Contains("'hkscc-b09001' is no membership of the firm that asks", await market.Database.ValueAsync<string>("SELECT effect FROM deadlines.deadline WHERE request_id = $1 AND state = 'Parked'", Guid.Parse(request)), StringComparison.Ordinal);
        Assert.Equal("Silvermine Custody Bank Limited", await market.Database.ValueAsync<string>("SELECT name_en FROM access.firm WHERE company_id = 'CP09004'"));
    }

    [Fact]
    public async Task The_firm_is_called_by_its_new_name_from_its_day_on_and_what_was_recorded_stays()
    {
        var request = await ApprovedAsync(Cast.B09001);
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        Assert.Contains("Lantau Harbour Securities Limited", (await maker.GetAsync("/account")).Accepted().Body, StringComparison.Ordinal);
        var before = await RecordAsync(request);
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption)).Id();

        await ItsDayComesAsync(request);

        Assert.Equal("completed", await maker.StatusOf(request));
        foreach (var (who, page) in new[] { (maker, "/account"), (maker, "/"), (maker, $"/requests/{draft}"), (reviewer, $"/requests/{request}"), (reviewer, "/inbox?q=Kite") })
        {
            var body = (await who.GetAsync(page)).Accepted().Body;
            Assert.True(body.Contains("Kite Harbour Securities Limited", StringComparison.Ordinal), $"{page} does not know the new name.");
        }

        var after = await RecordAsync(request);
        Assert.StartsWith(before, after, StringComparison.Ordinal);
        var fired = JsonNode.Parse((await market.Database.ValueAsync<string>("SELECT data::text FROM events.event WHERE request_id = $1 ORDER BY sequence DESC LIMIT 1", Guid.Parse(request)))!)!;
        Assert.Equal("Lantau Harbour Securities Limited", (string?)fired["firmName"]!["from"]!["en"]);
        Assert.Equal("風箏海港證券有限公司", (string?)fired["firmName"]!["to"]!["zh-Hant"]);
        Assert.Contains("formerly Lantau Harbour Securities Limited", (await maker.GetAsync($"/requests/{request}")).Accepted().Body, StringComparison.Ordinal);
        Assert.Equal("Nine Dragons Brokers Limited", await market.Database.ValueAsync<string>("SELECT name_en FROM access.firm WHERE company_id = 'CP09002'"));
        await IsFollowedUpAsync(request, maker, reviewer);
        await World.AuditAsync(market.Database, Ct);
    }

    // It goes on after the request is completed: one claims it, reports it once, and the participant reads what came of it.
    private async Task IsFollowedUpAsync(string request, Person maker, Person reviewer)
    {
        var open = (await reviewer.GetAsync($"/api/inbox?step=followUp&request={request}")).Accepted().Json["items"]!.AsArray();
        Assert.Equal(["BANK_MANDATES", "CIRCULAR", "SMARTCARDS"], open.Select(t => (string)t!["item"]!).Order(StringComparer.Ordinal));
        var task = (string)open.First(t => (string?)t!["item"] == "SMARTCARDS")!["id"]!;
        Assert.Equal(404, (int)(await maker.GetAsync($"/tasks/{task}")).Status);
        Assert.Equal(404, (int)(await (await market.As(Cast.Checker)).DecidesTask(task, "done", contentHash: "x")).Status);
        Assert.Contains("Being worked on", (await maker.GetAsync($"/requests/{request}")).Accepted().Body, StringComparison.Ordinal);

        (await reviewer.ClaimsTask(task)).Accepted();
        var second = await market.As(Cast.Reviewer2);
        Assert.Equal(409, (int)(await second.ReportsMilestone(task, [], [])).Status);
        (await reviewer.DecidesTask(task, "approve")).Refused("no-such-outcome");
        (await reviewer.ReportsMilestone(task, new JsonObject { ["note"] = "Cards are ordered." }, [])).Accepted();
        Assert.Equal(409, (int)(await reviewer.ReportsMilestone(task, [], [])).Status);

        var said = (await maker.SeesRequest(request)).Accepted().Json["followUps"]!.AsArray().First(f => (string?)f!["item"] == "SMARTCARDS")!;
        Assert.Equal(("done", "Cards are ordered."), ((string?)said["outcome"], (string?)said["values"]!["note"]));
        Assert.Contains("Cards are ordered.", (await maker.GetAsync($"/requests/{request}")).Accepted().Body, StringComparison.Ordinal);
    }

    private async Task ItsDayComesAsync(string request) => await market.Portal.ClockMovesTo(
        await market.Database.ValueAsync<string>("SELECT (answers->>'effectiveDate') || ' 00:01' FROM requests.service_request WHERE id = $1", Guid.Parse(request)) ?? "");

    private async Task<string> ApprovedAsync(Firm firm)
    {
        var maker = await market.As(firm.Maker);
        var request = await maker.Sends(Name, await maker.SampleOf(Name, firm.Membership));
        foreach (var account in new[] { firm.Checker, firm.Checker2, Cast.Reviewer, Cast.Approver }) (await (await market.As(account)).Approves(request)).Accepted();
        return request;
    }

    private static async Task SavesAsync(Person maker, string draft, JsonArray memberships)
    {
        var seen = (await maker.SeesRequest(draft)).Accepted();
        var answers = seen.Json["answers"]!.DeepClone().AsObject();
        answers[Of] = memberships;
        (await maker.SavesAnswers(draft, answers, seen.ETag)).Accepted();
    }

    private async Task<string> RecordAsync(string request) =>
        (await market.Database.ValueAsync<string>("SELECT string_agg(concat_ws(' ', sequence, type, data::text, encode(hash, 'hex')), E'\\n' ORDER BY sequence) FROM events.event WHERE request_id = $1", Guid.Parse(request)))!;

    private Task TakeRightAsync(Account account, string membership) => ExecuteAsync(
        """
        WITH taken AS (
          INSERT INTO access.user_right (user_id, membership_id, eservice, may_view, may_make, may_check)
          SELECT u.id, $2, '*', true, false, false FROM access.user_account u WHERE u.email = $1
          ON CONFLICT (user_id, membership_id, eservice) DO UPDATE SET may_view = true, may_make = false, may_check = false RETURNING user_id)
        UPDATE access.user_account u SET stamp = stamp + 1 FROM taken t WHERE u.id = t.user_id
        """, account.Email, membership);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = market.Database.Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        Assert.True(await command.ExecuteNonQueryAsync(Ct) > 0, sql);
    }
}
