using System.Diagnostics;
using System.Text;
using ClientConnect.Host.Spreadsheets;

namespace ClientConnect.Host.Tests.Spreadsheets;

/// <summary>Files that were made to cost: each is refused in a word, within seconds and without much memory.</summary>
public sealed class HostileFilesTests
{
    private const long MostAllocated = 400L * 1024 * 1024;

    // A machine that builds something else beside is slow; a file that costs minutes is not.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, (Func<byte[]> File, string? Fault)> Files = new()
    {
        ["a sheet of 60 MB of nothing"] = (() => Workbooks.With("xl/worksheets/sheet1.xml", Workbooks.Sheet(new string(' ', 60 * 1024 * 1024))), "too-large"),
        ["a sheet of endless empty rows"] = (() => Workbooks.With("xl/worksheets/sheet1.xml", Workbooks.Sheet(Repeated("<row/>", 8_000_000))), "too-large"),
        ["a text of 40 MB"] = (() => Workbooks.Of("", $"<si><t>{new string('x', 40 * 1024 * 1024)}</t></si>"), "too-large"),
        ["five million shared texts"] = (() => Workbooks.Of("", Repeated("<si/>", 5_000_000)), "too-large"),
        ["a million elements within one another"] = (() => Workbooks.Of(Repeated("<a>", 1_000_000)), "too-large"),
        ["an element with half a million attributes"] = (() => Workbooks.Of($"<row {string.Concat(Enumerable.Range(0, 500_000).Select(i => $"a{i}='' "))}/>"), "too-large"),
        ["a million styles"] = (() => Workbooks.With("xl/styles.xml", $"<styleSheet><cellXfs>{Repeated("<xf/>", 1_000_000)}</cellXfs></styleSheet>"), "too-large"),
        ["entities that grow"] = (() => Workbooks.With("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><worksheet>&b;</worksheet>"), "not-readable"),
        ["an entity that is another file"] = (() => Workbooks.With("xl/sharedStrings.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><sst><si><t>&a;</t></si></sst>"), "not-readable"),
        ["ten thousand parts"] = (() => Workbooks.Zip([.. Enumerable.Range(0, 10_000).Select(i => ($"{i}", Array.Empty<byte>()))]), "too-large"),
        ["100,000 rows"] = (() => Workbooks.Of(string.Concat(Enumerable.Range(1, 100_000).Select(i => $"<row r=\"{i}\"><c><v>{i}</v></c></row>"))), "too-many-rows"),
        ["one cell at the very end"] = (() => Workbooks.Of("""<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"""), "too-many-rows"),
        ["a word for a program, of 3 MB, in one cell"] = (() => Encoding.UTF8.GetBytes(new string('x', 3 * 1024 * 1024)), "too-much"),
        ["quotes that never close"] = (() => Encoding.UTF8.GetBytes(Repeated("\"\"\"a\n", 400_000)), "too-many-rows"),
        ["an archive that is no workbook"] = (() => Workbooks.Zip(("word/document.xml", "<x/>"u8.ToArray())), "not-readable"),
        ["half a workbook"] = (() => Workbooks.Of("<row/>")[..200], "not-readable"),
        ["a sheet that breaks off"] = (() => Workbooks.With("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c>"), "not-readable"),
        ["more than 5 MB"] = (() => new byte[(5 * 1024 * 1024) + 1], "too-large"),
        ["a sheet that lies elsewhere"] = (() => Workbooks.With("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' Target='http://127.0.0.1:9/sheet.xml' TargetMode='External'/></Relationships>"), "not-readable"),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_was_made_to_cost_is_refused_and_costs_little(string name)
    {
        var (make, fault) = Files[name];
        var file = make();
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

        var reading = SpreadsheetFile.Read(file, _ => false);

        var (allocated, took) = (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(started));
        Assert.Equal(fault, reading.Fault);
        Assert.True(allocated < MostAllocated, $"{name}: {allocated / 1024 / 1024} MB");
        Assert.True(took < MostTime, $"{name}: {took}");
    }

    private static string Repeated(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
