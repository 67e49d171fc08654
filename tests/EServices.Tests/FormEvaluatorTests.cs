using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

public class FormEvaluatorTests
{
    private const string Morning = "2026-11-23 10:00";

    [Fact]
    public async Task The_sample_can_be_sent_as_it_is()
    {
        var evaluation = (await ExemptionForm.AtAsync(Morning)) is var form ? form.Evaluate(form.Sample) : null;

        Assert.Empty(evaluation!.Faults);
        Assert.Equal(3, evaluation.Answers["lines"]!.AsArray().Count);
    }

    [Fact]
    public async Task Evaluating_what_was_evaluated_changes_nothing()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var once = form.Evaluate(form.Sample).Answers;

        Assert.Equal(once.ToJsonString(), form.Evaluate(once).Answers.ToJsonString());
    }

    [Theory]
    [InlineData("lines[0].stockCode", "700", "00700")]
    [InlineData("lines[0].stockCode", "00700 ", "00700")]
    [InlineData("lines[0].stockCode", " ７００", "00700")]
    [InlineData("lines[0].positionNo", "p0000 0001", "P00000001")]
    [InlineData("lines[0].exemptQty", "1,000", "1000")]
    [InlineData("lines[0].exemptQty", " 1000 ", "1000")]
    [InlineData("lines[0].exemptQty", "１０００", "1000")]
    [InlineData("lines[0].exemptQty", "1000.0", "1000")]
    [InlineData("lines[0].expectedDeliveryDate", "25/11/2026", "2026-11-25")]
    [InlineData("lines[0].expectedDeliveryDate", "25 Nov 2026", "2026-11-25")]
    [InlineData("contactPhone", "2345 6789", "23456789")]
    [InlineData("contactPhone", "+852 2345-6789", "+85223456789")]
    [InlineData("contactEmail", " ops@b09001.example ", "ops@b09001.example")]
    [InlineData("remarks", "first\r\nsecond", "first\nsecond")]
    [InlineData("declaration", "on", "true")]
    public async Task Harmless_differences_in_typing_are_evened_out(string path, string typed, string kept)
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var evaluation = form.Evaluate(form.With(path, typed));

        Assert.Empty(evaluation.Faults);
        Assert.Equal(kept, At(evaluation.Answers, path)!.ToString());
    }

    [Theory]
    [InlineData("lines[2].exemptQty", "1,00", "not-a-number")]
    [InlineData("lines[2].exemptQty", "12abc", "not-a-number")]
    [InlineData("lines[2].exemptQty", "1e2", "not-a-number")]
    [InlineData("lines[2].exemptQty", "1.5", "not-whole")]
    [InlineData("lines[2].exemptQty", "0", "too-small")]
    [InlineData("lines[2].exemptQty", "-5", "too-small")]
    [InlineData("lines[2].exemptQty", "201", "too-large")]
    [InlineData("lines[2].exemptQty", "9999999999999999999999999999999999999", "not-a-number")]
    [InlineData("lines[2].exemptQty", "", "required")]
    [InlineData("lines[0].positionNo", "P123", "wrong-format")]
    [InlineData("lines[0].positionNo", "P00000009", "check")]
    [InlineData("lines[0].stockCode", "12345", "check")]
    [InlineData("lines[0].stockCode", "99", "check")]
    [InlineData("lines[0].stockCode", "90519", "check")]
    [InlineData("lines[0].expectedDeliveryDate", "2026-11-22", "too-early")]
    [InlineData("lines[0].expectedDeliveryDate", "2026-12-25", "too-late")]
    [InlineData("lines[0].expectedDeliveryDate", "2026-11-28", "not-such-a-day")]
    [InlineData("lines[0].expectedDeliveryDate", "31/02/2026", "not-a-date")]
    [InlineData("lines[0].reasonCode", "CUSTODIAN_DELAY", "not-an-option")]
    [InlineData("lines[0].reasonCode", "NO_SUCH", "not-an-option")]
    [InlineData("lines[0].counterpartyId", "B09001", "check")]
    [InlineData("contactEmail", "ops@b09001", "not-an-email")]
    [InlineData("contactEmail", "a@b.example, c@d.example", "not-an-email")]
    [InlineData("contactPhone", "12345678", "not-a-phone")]
    [InlineData("contactName", "", "required")]
    [InlineData("contactName", "Chan\u0000Tai", "control-characters")]
    [InlineData("contactName", "Chan\u202eTai", "control-characters")]
    [InlineData("contactName", "Chan\nTai", "control-characters")]
    [InlineData("market", "CC_SH", "not-an-option")]
    [InlineData("settlementDate", "2026-11-21", "not-such-a-day")]
    [InlineData("settlementDate", "2026-11-24", "too-late")]
    [InlineData("declaration", "false", "required")]
    [InlineData("declaration", "perhaps", "not-yes-or-no")]
    [InlineData("noSuchField", "x", "unknown-field")]
    [InlineData("lines[1].noSuchColumn", "x", "unknown-field")]
    public async Task What_is_wrong_is_said_at_its_place(string path, string typed, string code) =>
        Assert.Contains($"{path} {code}", (await ExemptionForm.AtAsync(Morning)).FaultsWith(path, typed));

    [Fact]
    public async Task A_draft_is_told_only_what_can_not_become_right_by_going_on()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var evaluation = form.Evaluate(new JsonObject { ["lines"] = new JsonArray(new JsonObject { ["exemptQty"] = "many" }), ["x"] = 1 });

        Assert.Equal(["lines[0].exemptQty not-a-number", "x unknown-field"], evaluation.DraftFaults.Select(f => $"{f.Path} {f.Code}"));
        Assert.Equal("many", At(evaluation.Answers, "lines[0].exemptQty")!.ToString());
        Assert.Contains(evaluation.Faults, f => f is { Path: "contactPhone", Code: "required" });
    }

    [Fact]
    public async Task An_empty_draft_begins_with_what_is_known()
    {
        var answers = (await ExemptionForm.AtAsync("2026-11-22 10:00")).Evaluate([]).Answers;

        Assert.Equal("HK", answers["market"]!.ToString());
        Assert.Equal("2026-11-20", answers["settlementDate"]!.ToString());
        Assert.Equal("Chan Tai Man", answers["contactName"]!.ToString());
    }

    [Fact]
    public async Task Estimates_follow_from_closing_prices_and_the_capped_fee()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var answers = form.Evaluate(form.Sample).Answers;

        Assert.Equal("477600", At(answers, "lines[0].estMarketValue")!.ToString());
        Assert.Equal("2388", At(answers, "lines[0].estDefaultFee")!.ToString());
        Assert.Equal((477_600m + 392_200m + 63_680m).ToString(System.Globalization.CultureInfo.InvariantCulture), answers["totalMarketValue"]!.ToString());
        answers["lines"]![0]!["outstandingShortQty"] = 99_999_999_999;
        answers["lines"]![0]!["exemptQty"] = 99_999_999_999;
        Assert.Equal("31839999999681.6", At(form.Evaluate(answers).Answers, "lines[0].estMarketValue")!.ToString());
        Assert.Equal("100000", At(form.Evaluate(answers).Answers, "lines[0].estDefaultFee")!.ToString());
    }

    [Fact]
    public async Task Computed_values_that_are_sent_count_for_nothing()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var answers = form.With("lines[0].estDefaultFee", 0);
        answers["buyInDate"] = "2030-01-01";

        Assert.Equal(form.Evaluate(form.Sample).Answers.ToJsonString(), form.Evaluate(answers).Answers.ToJsonString());
    }

    [Fact]
    public async Task A_position_unknown_to_the_register_is_taken_and_marked()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var evaluation = form.Evaluate(form.With("lines[0].positionNo", "P77777777"));

        Assert.Empty(evaluation.Faults);
        Assert.Equal("false", At(evaluation.Answers, "lines[0].inRecords")!.ToString());
        Assert.Equal("true", At(evaluation.Answers, "lines[1].inRecords")!.ToString());
    }

    [Fact]
    public async Task The_same_position_twice_is_said_at_the_second()
    {
        var form = await ExemptionForm.AtAsync(Morning);

        Assert.Contains("lines[2].positionNo duplicate", form.FaultsWith("lines[2].positionNo", "P00000001"));
    }

    [Fact]
    public async Task A_reason_that_asks_for_evidence_needs_a_file_on_its_line()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var answers = form.With("lines[0].reasonCode", "TRADE_ERROR");

        Assert.Contains(form.Evaluate(answers).Faults, f => f is { Path: "lines[0].evidence", Code: "required" });
        answers["lines"]![0]!["evidence"] = ExemptionForm.File.ToString();
        Assert.Empty(form.Evaluate(answers).Faults);
        answers["lines"]![0]!["evidence"] = new JsonArray(Guid.NewGuid().ToString());
        Assert.Contains(form.Evaluate(answers).Faults, f => f is { Path: "lines[0].evidence", Code: "unknown-file" });
    }

    [Fact]
    public async Task What_was_typed_into_a_field_that_vanishes_is_dropped()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var evaluation = form.Evaluate(form.With("lines[0].reasonCode", "CORP_ACTION"));

        Assert.Null(At(evaluation.Answers, "lines[0].counterpartyId"));
        Assert.DoesNotContain("lines[0].counterpartyId", evaluation.Visible);
        Assert.Contains("lines[1].counterpartyId", evaluation.Required);
    }

    [Fact]
    public async Task Only_China_Connect_participants_are_offered_its_markets()
    {
        Assert.Single((await ExemptionForm.AtAsync(Morning)).Evaluate([]).Options["market"]);
        Assert.Equal(3, (await ExemptionForm.AtAsync(Morning, ExemptionForm.ChinaConnect)).Evaluate([]).Options["market"].Count);
    }

    [Theory]
    [InlineData("2026-11-23 10:00", "2026-11-23", "2026-11-24")]
    [InlineData("2026-11-24 08:59", "2026-11-23", "2026-11-24")]
    [InlineData("2026-11-24 09:00", "2026-11-23", "2026-11-25")]
    [InlineData("2026-11-24 10:00", "2026-11-16", "2026-11-25")]
    [InlineData("2026-12-23 10:00", "2026-12-23", "2026-12-28")]
    [InlineData("2026-12-24 10:00", "2026-12-23", "2026-12-28")]
    [InlineData("2026-12-28 08:30", "2026-12-23", "2026-12-28")]
    [InlineData("2026-12-28 09:00", "2026-12-23", "2026-12-29")]
    public async Task The_buy_in_day_is_the_first_that_can_still_be_met(string now, string settled, string buyIn)
    {
        var form = await ExemptionForm.AtAsync(now);

        Assert.Equal(buyIn, form.Evaluate(form.With("settlementDate", settled)).Answers["buyInDate"]!.ToString());
    }

    [Fact]
    public async Task Once_sent_the_buy_in_day_stays_however_late_a_correction_comes()
    {
        var form = await ExemptionForm.AtAsync("2026-11-24 11:00", sent: new JsonObject { ["buyInDate"] = "2026-11-24" });

        Assert.Equal("2026-11-24", form.Evaluate(form.With("settlementDate", "2026-11-23")).Answers["buyInDate"]!.ToString());
    }

    [Fact]
    public async Task Beyond_the_known_calendar_nothing_is_guessed()
    {
        var form = await ExemptionForm.AtAsync("2026-12-31 10:00", ExemptionForm.ChinaConnect);

        Assert.Contains(form.Evaluate(new JsonObject { ["market"] = "CC_SH" }).Faults, f => f.Code == "calendar-not-known");
    }

    [Fact]
    public async Task A_position_of_another_settlement_day_is_not_offered_and_not_taken()
    {
        var form = await ExemptionForm.AtAsync(Morning);
        var (pick, another) = (form.Bundle.Form.Lines!.Pick!, form.Free.Single(e => e.Key == "P00000004"));
        var answers = form.Evaluate(form.Sample).Answers;

        var fitting = SampleAnswers.Fitting(pick, [.. form.Free], form.Context, answers);
        Assert.DoesNotContain(another, fitting);
        Assert.All(answers["lines"]!.AsArray(), line => Assert.NotEqual(another.Key, (string?)line!["positionNo"]));
        Assert.Equal(form.Free.Count() - 1, fitting.Count);
        Assert.Contains("lines[0].positionNo check", form.FaultsWith("lines[0].positionNo", another.Key));
        Assert.Contains("lines[0].positionNo check", form.FaultsWith("settlementDate", (string?)another.Values["settlementDate"]));
    }

    [Fact]
    public async Task What_the_form_will_ask_the_register_is_known_before()
    {
        var form = await ExemptionForm.AtAsync(Morning);

        Assert.Superset(
            new HashSet<RegisterAsk> { new("short-position", "P00000001"), new("security", "00700") },
            FormEvaluator.Asks(form.Bundle.Form, form.Sample, form.Context).ToHashSet());
    }

    private static JsonNode? At(JsonObject answers, string path) =>
        path.StartsWith("lines[", StringComparison.Ordinal) ? answers["lines"]![path[6] - '0']![path[9..]] : answers[path];
}
