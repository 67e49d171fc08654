using System.Text;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using static ClientConnect.Host.Tests.Portal.LineSheetTests;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Rows that wait to be corrected and the file that corrects them: neither stands in the other's way, and both say which rows they mean.</summary>
public sealed class SheetBesideBoxTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Waiting = "paste.lines";

    [Fact]
    public async Task The_corrected_file_is_looked_at_though_the_row_waits_in_the_box_and_what_it_does_not_bring_stays_there()
    {
        var (maker, request) = await Blank();
        var trial = await Upload(maker, request, Head + "P00WAIT01,99003,500\nP00WAIT02,99003,many\n");
        var left = (await Trial(trial, request).With(("do", "csv")).SendAsync(maker)).Accepted().Body;
        var form = PageForm.On(await Trial(trial, request).With(("do", "take")).SendAsync(maker), request + "/form");
        const string ByHand = "P00HAND01\t99003\tfew";
        form = form.With((Waiting, form[Waiting] + "\n" + ByHand));

        var again = await form.With(("do", "lines.sheet")).SendAsync(maker, request + "/form", Box, "corrected.csv", Encoding.UTF8.GetBytes(left[left.IndexOf("What", StringComparison.Ordinal)..].Replace("many", "600", StringComparison.Ordinal)));

        Assert.Contains("1 of 1 rows can be taken in.", Text(again), StringComparison.Ordinal);
        Assert.Equal(request + "/form", (await maker.GetAsync(request + "/lines/lines")).Location!.ToString());
        Assert.Contains("Rows wait in the box for pasted rows.", Text(again), StringComparison.Ordinal);
        Assert.Contains(ByHand, PageForm.On(await Trial(again, request).With(("do", "leave")).SendAsync(maker), request + "/form")[Waiting]!, StringComparison.Ordinal);
        var taken = PageForm.On(await Trial(again, request).With(("do", "take")).SendAsync(maker), request + "/form");
        Assert.Equal(("P00WAIT01", "P00WAIT02", "600", null), (taken["lines[0].positionNo"], taken["lines[1].positionNo"], taken["lines[1].outstandingShortQty"], taken["lines[2].positionNo"]));
        Assert.Contains("P00HAND01\t99003\tfew", taken[Waiting]!, StringComparison.Ordinal);
        Assert.DoesNotContain("P00WAIT02", taken[Waiting]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_whose_own_key_was_corrected_is_the_row_that_waits()
    {
        var (maker, request) = await Blank();
        var first = await Trial(await Upload(maker, request, Head + "P00TWICE1,99003,500\nP00TWICE1,99003,700\n"), request).With(("do", "take")).SendAsync(maker);
        Assert.Contains("Row 2 of the pasted rows, Settlement position number: the same stands in line 1 of the form.", Text(first), StringComparison.Ordinal);

        var again = await PageForm.On(first, request + "/form").With(("do", "lines.sheet")).SendAsync(maker, request + "/form", Box, "corrected.csv", Encoding.UTF8.GetBytes("What to correct," + Head + "twice,P00TWICE2,99003,700\n"));
        await Trial(again, request).With(("do", "take")).SendAsync(maker);

        Assert.Null(PageForm.On(await maker.GetAsync(request + "/form"), request + "/form")["lines[2].positionNo"]);
        Assert.Equal("P00TWICE2", PageForm.On(await maker.GetAsync(request + "/form"), request + "/form")["lines[1].positionNo"]);
    }

    [Fact]
    public async Task A_box_whose_headings_are_wrong_is_named_as_what_to_correct_first()
    {
        var (maker, request) = await Blank();
        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With((Waiting, "Settlement position number\tStock code\tColour\nP1\t99003\tred"), ("do", "lines.sheet"));

        var answer = await form.SendAsync(maker, request + "/form", Box, "rows.csv", Encoding.UTF8.GetBytes(Head + "P00SHEET7,99003,500\n"));

        Assert.Contains("Correct first what else is named here, or empty its box", Text(answer), StringComparison.Ordinal);
        Assert.Contains("“Colour”", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_can_not_be_chosen_is_told_with_those_that_can_and_what_a_reason_asks_for_beside_the_row()
    {
        var (maker, request) = await Blank();

        var trial = await Upload(maker, request, "Settlement position number,Stock code,Reason\nP00WORD01,99003,Bad luck\nP00WORD02,99003,OTHER\n");

        Assert.Contains("“Bad luck” is none of the words for it: ", Text(trial), StringComparison.Ordinal);
        Assert.Contains("Physical securities lodged, credit pending; ", Text(trial), StringComparison.Ordinal);
        Assert.Contains("; and 5 more.", Text(trial), StringComparison.Ordinal);
        Assert.Contains("1 of them lacks something that the form asks for", Text(trial), StringComparison.Ordinal);
        Assert.Matches("Still to be filled in\">[^<]*Explanation", Text(trial));
    }

    private async Task<(Person Maker, string Request)> Blank()
    {
        var maker = await market.As(Cast.Maker);
        return (maker, "/requests/" + (await maker.StartsDraft(PortalWithMail.Exemption, null)).Accepted().Id());
    }
}
