using System.Text;
using ClientConnect.Host.Spreadsheets;

namespace ClientConnect.Host.Tests.Spreadsheets;

/// <summary>What people's programs save is read; what nobody should send costs little and is refused in a word.</summary>
public sealed class SpreadsheetFileTests
{
    private static readonly string[] Known = ["Name", "Quantity", "Day"];

    [Theory]
    [InlineData("Name,Quantity\nA,1\n")]
    [InlineData("\uFEFFName,Quantity\r\nA,1\r\n")]
    [InlineData("Name;Quantity\nA;1")]
    [InlineData("Name\tQuantity\nA\t1")]
    [InlineData("sep=;\nName;Quantity\nA;1")]
    [InlineData("\"Name\",\"Quantity\"\n\"A\",\"1\"")]
    public void Csv_is_read_whatever_parts_its_cells(string csv) =>
        Assert.Equal([["Name", "Quantity"], ["A", "1"]], Rows(Encoding.UTF8.GetBytes(csv)));

    [Fact]
    public void Rows_keep_the_numbers_that_the_spreadsheet_gives_them_and_read_again_are_the_same()
    {
        var rows = Read(Encoding.UTF8.GetBytes("Name,Quantity\n\n\"two\nlines, \"\"quoted\"\"\",1\n,,\n\ttabbed,2\n")).Rows;

        Assert.Equal([1, 3, 5], rows.Select(r => r.Number));
        var again = SheetRows.Read(SheetRows.Text(rows));
        Assert.Equal(rows.Select(r => (r.Number, string.Join('|', r.Cells))), again.Select(r => (r.Number, string.Join('|', r.Cells))));
        Assert.Equal("C7", new SheetRow(7, "", []).CellName(2));
        Assert.Equal("AB1", new SheetRow(1, "", []).CellName(27));
    }

    [Fact]
    public void Excels_unicode_text_is_read() =>
        Assert.Equal([["Name", "Quantity"], ["名", "1"]], Rows([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("Name\tQuantity\r\n名\t1\r\n")]));

    [Theory]
    [InlineData("too-many-rows", 100_000)]
    [InlineData("too-many-rows", 2_001)]
    [InlineData(null, 2_000)]
    public void So_many_rows_are_read_and_no_more(string? fault, int rows) =>
        Assert.Equal(fault, Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, rows).Select(i => $"Name {i},{i}\n")))).Fault);

    [Theory]
    [InlineData("not-utf-8", "Name,Gr\u00f6\u00dfe\nA,1")]
    [InlineData("no-rows", " , ,\n\n")]
    public void What_can_not_be_told_for_certain_is_not_guessed(string fault, string csv) => Assert.Equal(fault, Read(Encoding.Latin1.GetBytes(csv)).Fault);

    [Fact]
    public void Old_and_locked_workbooks_are_named() => Assert.Equal("old-workbook", Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).Fault);

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public void What_is_written_is_read_the_same_and_no_text_becomes_a_formula(string format)
    {
        string[] texts = ["=1+1", "+852 2345 6789", "-1", "@SUM(A1)", "'quoted", "00700", "two\nlines", "a,\"b\";c\td", "_x0041_", "名稱", "=\"x\""];
        var sheet = new SheetToWrite("Rows", [new("Name"), new("Quantity", CellKind.Number), new("Day", CellKind.Date)], [.. texts.Select(t => new[] { t, "-1500.5", "2026-11-30" })]);

        var file = format == "csv" ? CsvWriter.Write(sheet) : WorkbookWriter.Write(sheet);

        var rows = Rows(file)[1..];
        Assert.Equal(texts, rows.Select(r => Formulas.Unquoted(r[0])));
        Assert.DoesNotContain(rows, r => Formulas.IsFormula(r[0]) || r[0][0] is '+' or '@');
        Assert.All(rows, r => Assert.Equal(["-1500.5", "2026-11-30"], r[1..]));
    }

    private static SheetReading Read(byte[] file) => SpreadsheetFile.Read(file, row => row.Cells.All(Known.Contains));

    private static string[][] Rows(byte[] file)
    {
        var reading = Read(file);
        Assert.Null(reading.Fault);
        return [.. reading.Rows.Select(r => r.Cells.ToArray())];
    }
}
