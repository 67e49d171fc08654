using System.Text.Json.Nodes;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Enrolment;

/// <summary>Activities that ask something: of the firm, of each attendee, or only that.</summary>
public sealed class QuestionsTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task What_was_answered_stands_in_the_roster_and_its_export_as_it_was_asked()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var written = EnrolmentDesk.Written(5);
        written["questions"] = new JsonArray(Question("choice", "Language", options: "English | 英語 | 英语\nCantonese | 粵語 | 粤语"), Question("yesNo", "Vegetarian", each: true), Question("text", " "));
        var number = (await Save(at, null, written)).Value;
        var id = await at.Drafts(Desk.Maker, number + "-1", places: 2, with: a =>
        {
            a["questions_q1"] = "o2";
            a["attendees"]![0]!["questions_q2"] = true;
            a["attendees"]![1]!["questions_q2"] = false;
        });
        Desk.IdOf(await at.Submits(Desk.Maker, id));

        // Asked otherwise afterwards, what was answered reads as before.
        written["questions"]![0]!["label"]!["en"] = "Tongue";
        written["questions"]![0]!["name"] = "q1";
        written["occasions"]![0]!["key"] = number + "-1";
        Assert.False((await Save(at, number, written)).IsRefused);

        var roster = await at.Desk.Get<Roster>().ReadAsync(await at.Desk.As(EnrolmentDesk.Supervisor), number + "-1", Desk.Ct);
        Assert.Equal(["Language", "Vegetarian"], roster!.Asked.Select(f => f.Label.En));
        Assert.Equal([["Cantonese", "yes"], ["Cantonese", "no"]], roster.Rows.Select(r => r.Answers.Select(a => a.Text).ToArray()));
        Assert.Contains("remark,Language,Vegetarian\r\n", roster.ToCsv(), StringComparison.Ordinal);
        Assert.Equal("Tongue", roster.Count.Occasion.Activity.Questions[0].Label.En);
    }

    [Fact]
    public async Task Where_nobody_comes_each_membership_answers_once()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var written = EnrolmentDesk.Written(0);
        written["type"] = "SURVEY";
        written["questions"] = new JsonArray(Question("integer", "How many"));
        written["occasions"] = new JsonArray(new JsonObject { ["date"] = "2026-12-14" });
        var occasion = (await Save(at, null, written)).Value + "-1";

        var first = await Answers(at, occasion, Desk.Maker);
        Desk.IdOf(await at.Submits(Desk.Maker, first));
        Assert.Equal("Approved", await at.Desk.StatusOf(first));
        Assert.IsType<ThisMembershipHasAnswered>((await at.Submits(Desk.Maker, await Answers(at, occasion, Desk.Maker))).Refusal);
        Desk.IdOf(await at.Submits("maker@b09002.example", await Answers(at, occasion, "maker@b09002.example")));

        var roster = await at.Desk.Get<Roster>().ReadAsync(await at.Desk.As(EnrolmentDesk.Supervisor), occasion, Desk.Ct);
        Assert.Equal([(false, "12"), (false, "12")], roster!.Rows.Select(r => (r.IsSomebody, r.Answers.Single().Text)));
        Assert.Equal((2, true), (roster.Count.Enrolled, roster.Count.Occasion.AsksOnly));
        Assert.Equal(0, (await at.Desk.Get<EnrolmentsOf>().FindAsync(await at.Desk.As(Desk.Maker), first, Desk.Ct))!.Places);

        Desk.IdOf(await at.Desk.Withdraws(Desk.Maker, first));
        Desk.IdOf(await at.Submits(Desk.Maker, await Answers(at, occasion, Desk.Maker)));
        Assert.Empty((await at.Desk.Get<AuditTheWorld>().HandleAsync(new AuditEvidence([], []), Desk.Ct)).Differences);
    }

    [Fact]
    public async Task What_is_wrong_with_a_question_is_said_at_its_field()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var written = EnrolmentDesk.Written(5);
        var untold = Question("text", "Why");
        untold["label"]!["zh-Hant"] = null;
        written["questions"] = new JsonArray(untold, Question("choice", "Which", options: "Only one | 一 | 一"), Question("choice", "Which", options: "One\nTwo"), Question("files", "What"));

        Assert.Equal(
            ["questions[0].label.zh-Hant required", "questions[1].options too-few", "questions[2].options not-options", "questions[3].type not-an-option"],
            (await Save(at, null, written)).Refusal.Fields.Select(f => $"{f.Path} {f.Code}").Order(StringComparer.Ordinal));
    }

    private static JsonObject Question(string type, string label, bool each = false, string? options = null) => new()
    {
        ["type"] = type,
        ["label"] = new JsonObject { ["en"] = label, ["zh-Hant"] = label, ["zh-Hans"] = label },
        ["required"] = "true",
        ["each"] = each,
        ["options"] = options,
    };

    private static Task<RequestId> Answers(EnrolmentDesk at, string occasion, string maker) => at.Drafts(maker, occasion, places: 0, with: a =>
    {
        a.Remove("attendees");
        a["questions_q1"] = 12;
    });

    private static async Task<Result<string>> Save(EnrolmentDesk at, string? number, JsonObject written) =>
        await at.Desk.Get<SaveActivity>().HandleAsync(await at.Desk.As(EnrolmentDesk.Supervisor), number, written, null, Desk.Ct);
}
