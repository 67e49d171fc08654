using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Portal;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>One line is approved and one comes back: over the API and on the pages a decided line can't be changed, and it takes effect once.</summary>
[Collection(nameof(ApiCollection))]
public sealed class ReturnedLinesTests(PortalWithMail market)
{
    private const string Said = "Name the instruction.";

    [Fact]
    public async Task A_decided_line_is_neither_changed_nor_moved_nor_taken_away()
    {
        var (id, answers) = await CameBack();
        var maker = await market.As(Cast.Maker);
        var before = await market.Stored(id);

        await Refused("lines[0].exemptQty line-is-decided", a => a["lines"]![0]!["exemptQty"] = 1);
        await Refused("contactName not-open", a => a["contactName"] = "Somebody else");
        await Refused("lines lines-stay", a => a["lines"]!.AsArray().Add((JsonNode)a["lines"]![1]!.DeepClone()));
        await Refused("lines lines-stay", a => a["lines"]!.AsArray().RemoveAt(2));
        var swapped = await Try(a => (a["lines"]![0], a["lines"]![1]) = (a["lines"]![1]!.DeepClone(), a["lines"]![0]!.DeepClone()));
        Assert.Equal("line-is-decided", swapped.Refused("answers-are-incomplete").Faults["lines[0].positionNo"]);
        Assert.Equal(before, await market.Stored(id));
        (await Try(a => a["lines"]![1]!["exemptQty"] = 2)).Accepted();

        async Task Refused(string fault, Action<JsonObject> change)
        {
            var refused = (await Try(change)).Refused("answers-are-incomplete");
            Assert.Equal((422, fault), (refused.Status, string.Join(", ", refused.Faults.Select(f => $"{f.Key} {f.Value}"))));
            Assert.EndsWith(".", refused.Body["fields"]![0].Text("message"), StringComparison.Ordinal);
        }

        Task<Answer> Try(Action<JsonObject> change)
        {
            var changed = (JsonObject)answers.DeepClone();
            change(changed);
            return maker.SavesAnswers(id, changed);
        }
    }

    [Fact]
    public async Task Over_two_rounds_each_line_takes_effect_once_and_is_decided_once()
    {
        var (id, answers) = await CameBack();
        Assert.Equal("1", await Entered(id));
        answers["lines"]![1]!["exemptQty"] = 2;
        var (maker, checker, reviewer, approver) = (await market.As(Cast.Maker), await market.As(Cast.Checker), await market.As(Cast.Reviewer), await market.As(Cast.Approver));
        (await maker.SavesAnswers(id, answers)).Accepted();
        (await maker.SubmitsRequest(id)).Accepted();
        (await checker.Approves(id)).Accepted();
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();

        Assert.Equal("line-is-decided", (await reviewer.DecidesTask(task, "approve", lines: [new JsonObject { ["line"] = 1, ["outcome"] = "reject", ["reason"] = "No." }])).Refused("answers-are-incomplete").Faults["lines[0].outcome"]);
        var page = (await reviewer.GetAsync($"/tasks/{task}")).Body;
        Assert.DoesNotContain("name=\"lines[0].outcome\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"lines[1].outcome\"", page, StringComparison.Ordinal);
        (await reviewer.DecidesTask(task, "approve")).Accepted();
        Assert.Equal("1", await Entered(id));
        (await approver.Approves(id)).Accepted();

        Assert.Equal("1, 2", await Entered(id));
        Assert.Equal("partiallyApproved", await maker.StatusOf(id));
        Assert.Equal("approve, approve, reject", string.Join(", ", (await maker.SeesRequest(id)).Json["lines"]!.AsArray().Select(l => l.Text("outcome"))));
    }

    [Fact]
    public async Task The_page_of_the_correction_asks_for_the_returned_line_alone()
    {
        var (id, answers) = await CameBack();
        var maker = await market.As(Cast.Maker);
        var tracker = (await maker.GetAsync($"/requests/{id}")).Body;
        var answer = await maker.GetAsync($"/requests/{id}/form");
        var page = WebUtility.HtmlDecode(answer.Body);

        Assert.Contains("Partially approved", tracker, StringComparison.Ordinal);
        Assert.Contains($"href=\"/requests/{id}/form\"", tracker, StringComparison.Ordinal);
        Assert.Contains(Said, page, StringComparison.Ordinal);
        Assert.Contains("The other lines are decided, and that stands.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"lines.add\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"lines.remove.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"contactName\"", page, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"lines[0].exemptQty\"", answer.Body, StringComparison.Ordinal);

        // Whatever a page sends for a decided line, it stays as it was decided; what was typed for the other one is kept.
        var form = PageForm.On(answer, $"/requests/{id}/form");
        await form.With(("do", "check"), ("lines[0].exemptQty", "1"), ("contactName", "Somebody else"), ("lines[1].exemptQty", "2")).SendAsync(maker);
        var saved = (JsonObject)(await maker.SeesRequest(id)).Json["answers"]!;
        Assert.Equal((answers["lines"]![0]!["exemptQty"]!.ToJsonString(), "2", answers.Text("contactName")), (saved["lines"]![0]!["exemptQty"]!.ToJsonString(), saved["lines"]![1]!["exemptQty"]!.ToJsonString(), saved.Text("contactName")));

        var add = await PageForm.On(await maker.GetAsync($"/requests/{id}/form"), $"/requests/{id}/form").With(("do", "lines.add")).SendAsync(maker);
        Assert.Contains("none can be added, taken away or moved", add.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_maker_is_told_by_mail_which_line_came_back_and_why()
    {
        var (id, _) = await CameBack();
        var number = (await (await market.As(Cast.Maker)).SeesRequest(id)).Json.Text("number");

        await market.Mail.FirstAsync(m => m.To.Contains(Cast.Maker.Email) && m.Subject.Contains(number, StringComparison.Ordinal) && m.Subject.Contains("came back", StringComparison.Ordinal)
            && m.Text.Contains("Line 2: Evidence is missing or incomplete", StringComparison.Ordinal) && !m.Text.Contains(Said, StringComparison.Ordinal), ct: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_withdrawal_leaves_what_was_decided()
    {
        var (id, _) = await CameBack();
        (await (await market.As(Cast.Maker)).WithdrawsRequest(id, "No longer needed.")).Accepted();

        Assert.Equal("1", await Entered(id));
        var tracker = (await (await market.As(Cast.Maker)).GetAsync($"/requests/{id}")).Body;
        Assert.Contains("What was decided before stands.", WebUtility.HtmlDecode(tracker), StringComparison.Ordinal);
        Assert.Contains("Approved", tracker, StringComparison.Ordinal);
    }

    // The first line is approved, the second comes back, the third is rejected.
    private async Task<(string Id, JsonObject Answers)> CameBack()
    {
        var id = await market.Submitted();
        var (reviewer, approver) = (await market.As(Cast.Reviewer), await market.As(Cast.Approver));
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        (await reviewer.DecidesTask(task, "approve", lines:
        [
            new JsonObject { ["line"] = 2, ["outcome"] = "return", ["reason"] = "EVIDENCE_MISSING", ["remarks"] = Said },
            new JsonObject { ["line"] = 3, ["outcome"] = "reject", ["reason"] = "NO_GROUND" },
        ])).Accepted();
        (await approver.Approves(id)).Accepted();
        var request = (await (await market.As(Cast.Maker)).SeesRequest(id)).Json;
        Assert.Equal("partiallyApproved", request.Text("status"));
        return (id, (JsonObject)request["answers"]!.DeepClone());
    }

    private Task<string?> Entered(string id) => market.Database.ValueAsync<string>("SELECT string_agg(line::text, ', ' ORDER BY line) FROM register.entry WHERE request_id = $1", Guid.Parse(id));
}
