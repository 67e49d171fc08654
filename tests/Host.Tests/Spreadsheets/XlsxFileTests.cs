using ClientConnect.Host.Spreadsheets;

namespace ClientConnect.Host.Tests.Spreadsheets;

/// <summary>A workbook's cells as people see them, whatever program wrote it.</summary>
public sealed class XlsxFileTests
{
    private const string Head = """<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Quantity</t></is></c></row>""";

    [Fact]
    public void Cells_of_every_kind_are_read_as_they_are_shown()
    {
        const string Strings = "<si><t>shared</t></si><si><r><t>ri</t></r><r><t xml:space=\"preserve\">ch </t></r><rPh><t>pronounced</t></rPh></si><si/><si><t>line_x000A_end</t></si>";
        var file = Workbooks.Of(
            """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c><c r="E2" t="s"><v>99</v></c></row>
            <row r="4"><c r="A4"><v>1500.50</v></c><c r="C4"><v>0.30000000000000004</v></c><c r="D4" t="b"><v>1</v></c><c r="E4" t="b"><v>0</v></c><c r="F4" t="e"><v>#REF!</v></c><c r="G4"><v>1E+3</v></c></row>
            <row><c><v>7</v></c><c t="d"><v>2026-11-30T00:00:00</v></c></row>
            """, Strings);

        Assert.Equal(["2: shared|rich||line\nend", "4: 1500.5||0.3|TRUE|FALSE|#REF!|1000", "5: 7|2026-11-30 00:00:00"], Rows(file));
    }

    [Fact]
    public void Only_how_a_number_is_shown_makes_a_date_of_it()
    {
        var file = Workbooks.Of("""<row r="1"><c s="1"><v>46356</v></c><c s="2"><v>46356</v></c><c s="3"><v>46356.4375</v></c><c s="4"><v>0.4375</v></c><c s="5"><v>46356</v></c><c s="0"><v>46356</v></c><c s="1"><v>-3</v></c><c s="1"><v>99999999</v></c></row>""");

        Assert.Equal(["1: 2026-11-30|2026-11-30|2026-11-30 10:30|10:30|46356|46356|-3|99999999"], Rows(file));
        Assert.Equal(["1: 2026-11-30"], Rows(Workbooks.From1904("""<row r="1"><c s="1"><v>44894</v></c></row>""")));
    }

    [Fact]
    public void A_formulas_saved_value_counts_and_one_without_is_shown_as_a_formula()
    {
        var file = Workbooks.Of("""<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;""</f><v></v></c><c r="C1"><f>HYPERLINK("http://x")</f></c><c r="D1" t="str"><f t="shared" si="0"/><v>=text</v></c></row>""");

        Assert.Equal(["1: 2||=HYPERLINK(\"http://x\")|'=text"], Rows(file));
        Assert.Equal(["formulas"], Read(file).Notes);
    }

    [Fact]
    public void What_is_hidden_or_merged_is_read_and_told()
    {
        var file = Workbooks.Of(
            """<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>""",
            around: """<cols><col min="3" max="3" hidden="1"/></cols><mergeCells><mergeCell ref="A1:B1"/></mergeCells>""");

        Assert.Equal(["1: 1||3", "2: 2"], Rows(file));
        Assert.Equal(["hidden", "merged"], Read(file).Notes);
    }

    [Fact]
    public void The_first_sheet_with_known_headings_is_read_else_the_first_that_can_be_seen()
    {
        const string Other = """<row r="1"><c><v>1</v></c></row>""";
        var known = Read(Workbooks.Of(("Empty", "", ""), ("Notes", "", Other), ("Lines", "", Head + """<row r="3"><c><v>3</v></c></row>""")));
        var seen = Read(Workbooks.Of(("Lists", "state=\"hidden\"", Other), ("Mine", "", Other)));

        Assert.Equal(("Lines", "other-sheets"), (known.Sheet, Assert.Single(known.Notes)));
        Assert.Equal([1, 3], known.Rows.Select(r => r.Number));
        Assert.Equal("Mine", seen.Sheet);
        Assert.Empty(seen.Notes);
    }

    [Fact]
    public void Cells_keep_their_columns_and_wide_rows_are_not_lost()
    {
        var rows = Read(Workbooks.Of("""<row r="1"><c r="AB1"><v>28</v></c><c r="XFD1"><v>9</v></c></row>""")).Rows;

        Assert.Equal(("28", "9", 257), (rows[0].Cells[27], rows[0].Cells[^1], rows[0].Cells.Count));
    }

    private static SheetReading Read(byte[] file) => SpreadsheetFile.Read(file, row => row.Cells.SequenceEqual(["Name", "Quantity"]));

    private static IEnumerable<string> Rows(byte[] file)
    {
        var reading = Read(file);
        Assert.Null(reading.Fault);
        return reading.Rows.Select(r => $"{r.Number}: {string.Join('|', r.Cells)}");
    }
}
