using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A form's lines go out as a spreadsheet and come back from one: looked at first, taken in by a click, nothing lost.</summary>
public sealed class LineSheetTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    internal const string Box = "sheet.lines", Head = "Settlement position number,Stock code,Outstanding short quantity\n";

    /// <summary>The portal's three languages, and what programs read.</summary>
    public static TheoryData<string?, string> Ways => new(from language in LocalText.Languages.Append(null) from format in new[] { "csv", "xlsx" } select (language, format));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_was_downloaded_and_not_changed_is_the_same_lines_of_every_eService(string? language, string format)
    {
        var maker = await market.As(Cast.Maker);
        var tried = 0;
        foreach (var key in (await maker.SeesEServices()).Json.AsArray().Select(e => e.Text("key")))
        {
            var sample = (await maker.GetAsync($"/api/eservices/{key}/sample")).Accepted().Json.AsObject();
            var id = (await maker.SendsJsonAsync(HttpMethod.Post, "/api/requests", sample)).Accepted().Id();
            var answers = (await maker.SeesRequest(id)).Json["answers"]!.AsObject();
            foreach (var (name, lines) in answers.Where(a => a.Value is JsonArray { Count: > 0 } all && all.All(l => l is JsonObject)))
            {
                tried++;
                if (language is not null) await maker.GetAsync($"/language?to={language}");
                var file = await maker.DownloadsAsync(language is null ? $"/api/requests/{id}/lines/{name}?format={format}" : $"/requests/{id}/lines/{name}.{format}");

                var trial = (await Tries(maker, id, name, file)).Accepted().Json;

                Assert.Empty(trial["headings"]!.AsArray());
                // What the register says of it (a security that is suspended by now) is said of the line itself as well.
                Assert.All(trial["rows"]!.AsArray(), row => Assert.True(row!["faults"]!.AsArray().All(f => f.Text("code") == "check"), $"{key}: {row}"));
                Assert.Equal(lines!.AsArray().Count, trial["rows"]!.AsArray().Count);
                Assert.All(trial["rows"]!.AsArray().Zip(lines.AsArray()), pair => Same(key, pair.First!["line"]!.AsObject(), pair.Second!.AsObject()));
            }
        }

        Assert.True(tried > 5, $"{tried} forms with lines.");
    }

    // All that is typed, and nothing else: what is computed follows from it.
    private static void Same(string key, JsonObject read, JsonObject line)
    {
        foreach (var (name, value) in read) Assert.True(JsonNode.DeepEquals(value, line[name]), $"{key}: {name} was {line[name]?.ToJsonString()} and is {value?.ToJsonString()}");
        Assert.NotEmpty(read);
    }

    [Fact]
    public async Task Good_rows_are_taken_in_and_the_others_wait_with_their_cells_named()
    {
        var (maker, request) = await Blank();

        var trial = await Upload(maker, request, Head + "P00SHEET1,99003,500\nP00SHEET2,99003,many\n\nP00SHEET3,99003,700\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, trial.Status);
        Assert.Contains("2 of 3 rows can be taken in.", Text(trial), StringComparison.Ordinal);
        Assert.Contains("Row 3 of the file, Outstanding short quantity (C3): “Outstanding short quantity” must be a number", Text(trial), StringComparison.Ordinal);

        var answer = await Trial(trial, request).With(("do", "take")).SendAsync(maker);

        var form = PageForm.On(answer, request + "/form");
        Assert.Equal(("P00SHEET1", "P00SHEET3", null), (form["lines[0].positionNo"], form["lines[1].positionNo"], form["lines[2].positionNo"]));
        Assert.Equal("Settlement position number\tStock code\tOutstanding short quantity\nP00SHEET2\t99003\tmany", form["paste.lines"]);
        Assert.Contains("Row 2 of the pasted rows, Outstanding short quantity: “Outstanding short quantity” must be a number", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rows_to_correct_are_offered_with_why_and_added_once_they_are_right()
    {
        var (maker, request) = await Blank();
        var trial = await Upload(maker, request, Head + "P00RIGHT1,99003,500\nP00WRONG1,99003,many\n");

        var left = (await Trial(trial, request).With(("do", "csv")).SendAsync(maker)).Accepted().Body;

        Assert.Contains("What to correct,Settlement position number", left, StringComparison.Ordinal);
        Assert.Contains("Outstanding short quantity (C3):", left, StringComparison.Ordinal);
        Assert.DoesNotContain("P00RIGHT1", left, StringComparison.Ordinal);
        await Trial(trial, request).With(("do", "take")).SendAsync(maker);

        var again = await Upload(maker, request, left.Replace("many", "600", StringComparison.Ordinal)[left.IndexOf("What", StringComparison.Ordinal)..], emptiesBox: true);
        Assert.Contains("They would be added to the lines of the form: 1 now.", Text(again), StringComparison.Ordinal);
        await Trial(again, request).With(("do", "take")).SendAsync(maker);

        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.Equal(("P00RIGHT1", "P00WRONG1"), (form["lines[0].positionNo"], form["lines[1].positionNo"]));
    }

    [Fact]
    public async Task Rows_take_the_place_of_the_lines_unless_they_are_to_be_added()
    {
        var (maker, request) = await Blank();
        await Take(maker, request, Head + "P00OLD001,99003,500\n");

        var trial = await Upload(maker, request, Head + "P00NEW001,99003,700\n");
        Assert.Contains("They would replace all lines of the form: 1 now.", Text(trial), StringComparison.Ordinal);
        await Trial(trial, request).With(("do", "take")).SendAsync(maker);

        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.Equal(("P00NEW001", null), (form["lines[0].positionNo"], form["lines[1].positionNo"]));

        var other = await Trial(await Upload(maker, request, Head + "P00NEW003,99003,700\n"), request).With(("do", "other")).SendAsync(maker);
        await Trial(other, request).With(("do", "take")).SendAsync(maker);

        form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.Equal(("P00NEW001", "P00NEW003"), (form["lines[0].positionNo"], form["lines[1].positionNo"]));
    }

    [Fact]
    public async Task A_lines_files_stay_with_the_row_that_is_about_the_same()
    {
        var (maker, request) = await Blank();
        await Take(maker, request, Head + "P00FILE01,99003,500\nP00FILE02,99003,500\n");
        const string Evidence = "lines[1].evidence";
        await PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "files.add." + Evidence)).SendAsync(maker, request + "/attachments", "upload." + Evidence, "proof.csv", "a,b\n"u8.ToArray());
        var file = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form")[Evidence + "[]"];

        var trial = await Upload(maker, request, Head + "P00FILE03,99003,500\n");
        Assert.Contains("takes its files with it", Text(trial), StringComparison.Ordinal);
        await Take(maker, request, Head + "P00FILE02,99003,900\n");

        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form");
        Assert.NotNull(file);
        Assert.Equal(("P00FILE02", file, null), (form["lines[0].positionNo"], form["lines[0].evidence[]"], form["lines[1].positionNo"]));
    }

    [Fact]
    public async Task What_was_saved_meanwhile_is_not_replaced_unseen()
    {
        var (maker, request) = await Blank();
        await Take(maker, request, Head + "P00OLD002,99003,500\n");
        var trial = await Upload(maker, request, Head + "P00NEW002,99003,700\n");
        await PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("lines[0].outstandingShortQty", "900"), ("do", "save")).SendAsync(maker);

        var answer = await Trial(trial, request).With(("do", "take")).SendAsync(maker);

        Assert.Contains("The form was saved in the meantime.", Text(answer), StringComparison.Ordinal);
        Assert.Equal("P00OLD002", PageForm.On(await maker.GetAsync(request + "/form"), request + "/form")["lines[0].positionNo"]);
    }

    [Theory]
    [InlineData("", "The file holds no rows.")]
    [InlineData("Settlement position number,Stock code\n", "The file holds the headings and nothing below them.")]
    [InlineData("%PDF-1.7\n\u0001\u0002", "This is no spreadsheet that can be read")]
    public async Task A_file_that_can_not_be_read_is_said_where_it_was_chosen(string content, string sentence)
    {
        var (maker, request) = await Blank();

        var answer = await Upload(maker, request, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(sentence, Text(answer), StringComparison.Ordinal);
        Assert.Contains("href=\"#f-sheet-lines\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heading_that_is_no_column_is_named_and_nothing_can_be_taken()
    {
        var (maker, request) = await Blank();

        var trial = await Upload(maker, request, "Settlement position number,Stock code,Colour\nP00SHEET9,99003,red\n");

        Assert.Contains("“Colour”", Text(trial), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"take\"", trial.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("save")]
    [InlineData("check")]
    [InlineData("lines.add")]
    public async Task Whatever_the_button_a_chosen_file_is_looked_at_and_the_form_saved(string button)
    {
        var (maker, request) = await Blank();
        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("remarks", "kept"), ("do", button));

        var trial = await form.SendAsync(maker, request + "/form", Box, "any.name", Encoding.UTF8.GetBytes(Head + "P00SHEET8,99003,100\n"));

        Assert.Contains("1 of 1 rows can be taken in.", Text(trial), StringComparison.Ordinal);
        Assert.Equal("kept", PageForm.On(await maker.GetAsync(request + "/form"), request + "/form")["remarks"]);
    }

    [Fact]
    public async Task The_template_is_empty_and_offers_what_can_be_chosen()
    {
        var (maker, request) = await Blank();

        var csv = Encoding.UTF8.GetString(await maker.DownloadsAsync(request + "/lines/lines.csv"));
        var workbook = await maker.DownloadsAsync(request + "/lines/lines.xlsx");

        Assert.StartsWith("\uFEFFSettlement position number,Stock code,", csv, StringComparison.Ordinal);
        Assert.Single(csv.TrimEnd().Split('\n'));
        Assert.Single(SpreadsheetFile.Read(workbook, row => row.Cells[0] == "Settlement position number").Rows);
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync(request + "/lines/nothing.csv")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await market.As(Cast.B09002.Maker)).GetAsync(request + "/lines/lines.csv")).Status);
    }

    private async Task<(Person Maker, string Request)> Blank()
    {
        var maker = await market.As(Cast.Maker);
        return (maker, "/requests/" + (await maker.StartsDraft(PortalWithMail.Exemption, null)).Accepted().Id());
    }

    internal static async Task<Answer> Upload(Person maker, string request, string csv, bool emptiesBox = false)
    {
        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "lines.sheet"));
        return await (emptiesBox ? form.With(("paste.lines", "")) : form).SendAsync(maker, request + "/form", Box, "rows.csv", Encoding.UTF8.GetBytes(csv));
    }

    private static async Task Take(Person maker, string request, string csv) => await Trial(await Upload(maker, request, csv), request).With(("do", "take")).SendAsync(maker);

    internal static PageForm Trial(Answer page, string request) => PageForm.On(page, request + "/lines/lines");

    private static Task<Answer> Tries(Person maker, string id, string lines, byte[] file, string name = "lines.bin") =>
        maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/requests/{id}/lines/{lines}/trial") { Content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } } });

    internal static string Text(Answer page) => WebUtility.HtmlDecode(page.Body);
}
