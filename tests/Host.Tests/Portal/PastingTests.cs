using System.Net;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Rows copied out of a spreadsheet become lines, without script: the good ones at once, the others after correction.</summary>
public sealed partial class PastingTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Box = "paste.lines";

    [Fact]
    public async Task Rows_in_the_forms_own_order_become_lines()
    {
        var (maker, request, day) = await Blank();

        var answer = await Paste(maker, request, $"P00PASTE1\t99003\t1,500\t1,000\tTrading suspended, or no purchase possible\t\t{day}\r\nP00PASTE2\t99003\t2000\t2000\tOTHER\t\"Two lines,\nand a \"\"quote\"\"\"\t{day}\r\n");

        Assert.Equal($"{request}/form#f-lines-0", answer.Location!.ToString());
        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.Equal(("P00PASTE1", "99003", "TRADING_SUSPENDED", day), (form["lines[0].positionNo"], form["lines[0].stockCode"], form["lines[0].reasonCode"], form["lines[0].expectedDeliveryDate"]));
        Assert.Equal("Two lines,\nand a \"quote\"", form["lines[1].reasonDetail"]);
        Assert.Equal("", form[Box]);
    }

    [Fact]
    public async Task Headings_may_be_in_any_language_and_order()
    {
        var (maker, request, _) = await Blank();

        await Paste(maker, request, "股份代號\tSettlement position number\tName\toutstandingShortQty\n99003\tP00PASTE3\tignored: it is looked up\t700");

        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.Equal(("P00PASTE3", "99003"), (form["lines[0].positionNo"], form["lines[0].stockCode"]));
        Assert.Null(form["lines[1].positionNo"]);
    }

    [Fact]
    public async Task A_heading_that_is_no_column_adds_nothing_and_is_named()
    {
        var (maker, request, _) = await Blank();
        const string Rows = "Settlement position number\tStock code\tColour\nP00PASTE4\t99003\tred";

        var answer = await Paste(maker, request, Rows);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("“Colour”", Text(answer), StringComparison.Ordinal);
        var form = PageForm.On(answer, request + "/form");
        Assert.Equal((Rows, null), (form[Box], form["lines[0].positionNo"]));
    }

    [Fact]
    public async Task Bad_rows_stay_where_they_were_pasted_with_row_and_column_named_and_good_ones_are_kept()
    {
        var (maker, request, day) = await Blank();
        var good = $"P00PASTE5\t99003\t500\t500\tTRADE_ERROR\t\t{day}";
        const string Bad = "P00PASTE6\t99003\tmany\t500", Twice = "P00PASTE6\t99003\t500\t500", Unasked = "P00PASTE7\t99003\t500\t500\tOTHER\twhy\t\tC09001";

        var answer = await Paste(maker, request, string.Join('\n', Bad, good, Twice, Unasked));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var words = Text(answer);
        Assert.Contains("Row 1 of the pasted rows, Outstanding short quantity: “Outstanding short quantity” must be a number", words, StringComparison.Ordinal);
        Assert.Contains("Row 2 of the pasted rows, Settlement position number: the same stands in row 1.", words, StringComparison.Ordinal);
        Assert.Contains("Row 3 of the pasted rows, Counterparty's participant ID: this is not asked for", words, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-paste-lines\"", answer.Body, StringComparison.Ordinal);
        var form = PageForm.On(answer, request + "/form");
        Assert.Equal((string.Join('\n', Bad, Twice, Unasked), "P00PASTE5", null), (form[Box], form["lines[0].positionNo"], form["lines[1].positionNo"]));

        var corrected = await form.With((Box, Twice), ("do", "lines.paste")).SendAsync(maker);

        Assert.Equal($"{request}/form#f-lines-1", corrected.Location!.ToString());
    }

    [Fact]
    public async Task More_rows_than_the_form_can_hold_stay_in_the_box()
    {
        var (maker, request, _) = await Blank();
        var rows = Enumerable.Range(0, 52).Select(i => $"P00MANY{i:00}\t99003\t{i + 1}").ToList();

        var answer = await Paste(maker, request, string.Join('\n', rows));

        Assert.Contains("Row 1 of the pasted rows: ", Text(answer), StringComparison.Ordinal);
        var form = PageForm.On(answer, request + "/form");
        Assert.Equal((string.Join('\n', rows.Skip(50)), "P00MANY49", null), (form[Box], form["lines[49].positionNo"], form["lines[50].positionNo"]));
    }

    [Theory]
    [InlineData("save")]
    [InlineData("check")]
    [InlineData("lines.add")]
    public async Task Whatever_the_button_rows_in_the_box_are_not_lost(string button)
    {
        var (maker, request, _) = await Blank();

        await (await Form(maker, request)).With((Box, "P00PASTE8\t99003\t100\nP00PASTE9\tno stock code"), ("do", button)).SendAsync(maker);

        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.Equal("P00PASTE8", form["lines[0].positionNo"]);
    }

    [Fact]
    public async Task An_update_of_the_form_keeps_what_is_pasted_ticked_and_looked_for()
    {
        var (maker, request, _) = await Blank();
        var page = await maker.GetAsync(request + "/form");
        var key = Pick().Match(page.Body).Groups[1].Value;

        var again = PageForm.On(await PageForm.On(page, request + "/form").With((Box, "half a row"), ("pick[]", key), ("find.lines", "no such thing"), ("do", "refresh")).SendAsync(maker), request + "/form");

        Assert.Equal(("half a row", key, "no such thing"), (again[Box], again["pick[]"], again["find.lines"]));
    }

    [Fact]
    public async Task An_empty_box_says_what_to_do()
    {
        var (maker, request, _) = await Blank();

        Assert.Contains("Paste the rows first.", Text(await Paste(maker, request, " \n\t\n")), StringComparison.Ordinal);
    }

    private async Task<(Person Maker, string Request, string Day)> Blank()
    {
        var maker = await market.As(Cast.Maker);
        var day = (await maker.SampleOf(PortalWithMail.Exemption))["lines"]![0]!["expectedDeliveryDate"]!.GetValue<string>();
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, null)).Accepted().Json["id"]!.GetValue<string>();
        return (maker, "/requests/" + draft, day);
    }

    private static async Task<PageForm> Form(Person maker, string request) => PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");

    private static async Task<Answer> Paste(Person maker, string request, string rows) =>
        await (await Form(maker, request)).With((Box, rows), ("do", "lines.paste")).SendAsync(maker);

    private static string Text(Answer page) => WebUtility.HtmlDecode(page.Body);

    [GeneratedRegex("""name="pick\[\]" value="([^"]+)"(?![^>]*disabled)""")]
    private static partial Regex Pick();
}
