using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

public class CatalogueTests
{
    [Fact]
    public async Task A_release_is_in_force_from_its_moment_and_known_by_its_hash_for_ever()
    {
        var first = await Folders.BundleAsync(ExemptionForm.Key);
        var second = first with { Hash = "second" };
        var (monday, tuesday) = (ExemptionForm.Moment("2026-11-23 09:00"), ExemptionForm.Moment("2026-11-24 09:00"));
        var catalogue = new Catalogue();

        catalogue.Add(first);
        Assert.Null(catalogue.InForce(first.Key, monday));
        Assert.False(catalogue.PutInForce("second", tuesday));
        catalogue.PutInForce(first.Hash);
        catalogue.Add(second);
        catalogue.PutInForce("second", tuesday);

        Assert.Same(first, catalogue.InForce(first.Key, monday));
        Assert.Same(second, catalogue.InForce(first.Key, tuesday));
        Assert.Same(first, catalogue.ByHash(first.Hash));
        Assert.Same(second, Assert.Single(catalogue.AllInForce(tuesday)));
        Assert.Null(catalogue.InForce("none", monday));
    }

    [Fact]
    public async Task What_is_withdrawn_before_its_moment_is_never_in_force_and_those_behind_it_move_up()
    {
        var first = await Folders.BundleAsync(ExemptionForm.Key);
        var (monday, tuesday, friday) = (ExemptionForm.Moment("2026-11-23 09:00"), ExemptionForm.Moment("2026-11-24 09:00"), ExemptionForm.Moment("2026-11-27 09:00"));
        var (second, third) = (first with { Hash = "second" }, first with { Hash = "third" });
        var catalogue = new Catalogue();
        foreach (var bundle in new[] { first, second, third }) catalogue.Add(bundle);
        catalogue.Follow([(first.Hash, monday), ("second", tuesday), ("third", friday), ("unread", friday)]);
        Assert.Equal([first.Hash, "second", "third"], catalogue.ReleasesOf(first.Key).Select(r => r.Bundle.Hash));

        catalogue.Withdraw(first.Key, tuesday);
        Assert.Same(first, catalogue.InForce(first.Key, tuesday));
        Assert.Equal(2, catalogue.ReleaseInForce(first.Key, friday)!.Number);
        Assert.Same(second, catalogue.ByHash("second"));

        catalogue.Follow([(first.Hash, monday), ("second", friday)]);
        Assert.Equal([(1, first.Hash), (2, "second")], catalogue.ReleasesOf(first.Key).Select(r => (r.Number, r.Bundle.Hash)));
    }

    [Fact]
    public async Task Touches_and_shown_entries_follow_from_the_answers()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");
        var answers = form.Evaluate(form.Sample).Answers;

        Assert.Equal(
            [new("position:P00000001", true), new("position:P00000002", true), new("position:P00000003", true)],
            AnswerPaths.Touches(form.Bundle.Service, answers));
        Assert.Contains(new RegisterAsk("security", "00005"), AnswerPaths.Shown(form.Bundle.Service, answers));
        Assert.Empty(AnswerPaths.Touches(form.Bundle.Service, new JsonObject { ["lines"] = "none" }));
    }

    [Fact]
    public async Task Picking_an_entry_fills_a_line()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");
        var line = SampleAnswers.Picked(form.Bundle.Form.Lines!.Pick!, form.Free.First(), form.Context);

        Assert.Equal("""{"positionNo":"P00000001","stockCode":"00700","outstandingShortQty":1500,"exemptQty":1500}""", line.ToJsonString());
    }

    [Fact]
    public async Task An_entry_that_the_form_refuses_is_left_out_of_the_sample()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");
        var free = form.Free.ToArray();
        var ineligible = free[0] with { Values = free[0].Values.DeepClone().AsObject() };
        ineligible.Values["stockCode"] = "00099";

        Assert.Equal(["P00000001", "P00000002", "P00000003"], Positions(free));
        Assert.Equal(["P00000002", "P00000003"], Positions([ineligible, .. free[1..]]));
        Assert.Equal(["P00000001"], Positions([ineligible]));

        string[] Positions(HeldEntry[] from) => [.. SampleAnswers.For(form.Bundle, form.Context, from)!["lines"]!.AsArray().Select(l => l!["positionNo"]!.GetValue<string>())];
    }

    [Fact]
    public async Task Without_free_positions_there_is_no_sample()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");

        Assert.Null(SampleAnswers.For(form.Bundle, form.Context, []));
    }
}
