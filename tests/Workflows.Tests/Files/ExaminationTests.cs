using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Files;

namespace ClientConnect.Workflows.Tests.Files;

/// <summary>What is found in the lines of a file: each fault with its line and what stands there.</summary>
public sealed class ExaminationTests
{
    [Theory]
    [InlineData("H,A,B,20261123\nD,01,1500\nD,02,2500.50\nT,2,4000.50\n")]
    [InlineData("\uFEFFH,A,B,20261123\r\nD,01,-1\r\nD,02,1\r\nT,2,0\r\n")]
    [InlineData("H|A|B|20261123\nD|x,y|3\nT|1|3")]
    [InlineData("H,A\nT,0,0\n")]
    public void A_file_that_keeps_the_structure_has_no_fault(string text) => Assert.Empty(Faults(text));

    [Theory]
    [InlineData("D,01,1\nT,0,0\n", "no-header 1 D,01,1")]
    [InlineData("", "no-trailer 1 ")]
    [InlineData("H,A\nD,01,1\n", "no-trailer 2 ")]
    [InlineData("H,A\nX,01,1\nT,0,0\n", "unknown-record 2 X")]
    [InlineData("H,A\nD,01,1\n\nT,1,1\n", "empty-line 3 ")]
    [InlineData("H,A\nD,01,x\nT,1,0\n", "not-an-amount 2 x")]
    [InlineData("H,A\nD,01,1\nD,02,9,1\nT,2,1\n", "other-fields 3 4 (3)")]
    [InlineData("H,A\nD,01,1\nT,3,1\n", "record-count 3 1 (3)")]
    [InlineData("H,A\nD,01,1\nT,1,2\n", "hash-total 3 1 (2)")]
    [InlineData("H,A\nD,01,1\nT,one,1\n", "trailer-not-readable 3 T,one,1")]
    [InlineData("H,A\nD,01,1\nT,1,1\nD,02,1\n", "after-trailer 4 D,02,1")]
    public void A_fault_says_its_line_and_what_stands_there(string text, string fault) => Assert.Equal([fault], Faults(text));

    [Fact]
    public void Faults_and_what_they_show_are_bounded_whatever_is_sent()
    {
        var found = Of("H,A\n" + string.Concat(Enumerable.Repeat(new string('\u202E', 200) + new string('x', 5_000) + "\n", 10_000)));

        var faults = found["faults"]!.AsArray();
        Assert.InRange(faults.Count, 1, 20);
        Assert.All(faults, f => Assert.InRange(f!["found"]!.GetValue<string>().Length, 0, 41));
        Assert.DoesNotContain("\\u202E", found.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Sums_header_and_number_are_kept_and_what_has_no_lines_is_not_looked_at()
    {
        var found = Of("H,A,B,20261123\nD,01,0.1\nD,02,0.2\nT,2,0.3\n");

        Assert.Equal((2, 0.3m), (found["records"]!.GetValue<int>(), found["total"]!.GetValue<decimal>()));
        Assert.Equal(["A", "B", "20261123"], found["header"]!.AsArray().Select(h => h!.GetValue<string>()));
        Assert.Null(Examination.Of("a.pdf", Samples.Pdf));
    }

    [Fact]
    public void Whatever_bytes_are_sent_it_says_something()
    {
        var random = new Random(20261123);
        for (var n = 0; n < 500; n++)
        {
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            Assert.NotNull(Examination.Of("a.csv", bytes)![Examination.DelimitedWithTrailer]!["faults"]);
        }
    }

    private static JsonObject Of(string text) => Examination.Of("a.csv", Encoding.UTF8.GetBytes(text))![Examination.DelimitedWithTrailer]!.AsObject();

    private static IEnumerable<string> Faults(string text) => Of(text)["faults"]!.AsArray().Select(f =>
        $"{f!["code"]} {f["line"]} {f["found"]}{(f["expected"]!.GetValue<string>() is { Length: > 0 } expected ? $" ({expected})" : "")}");

    [Fact]
    public void A_template_is_right_by_its_own_structure()
    {
        var bytes = FileTemplates.Of(Examination.DelimitedWithTrailer, "CCSUB_B09001_20261123", ["ACCOUNT", "NAME", "QUANTITY"])!;

        var found = Examination.Of("a.csv", bytes)![Examination.DelimitedWithTrailer]!;
        Assert.Equal("H,CCSUB,B09001,20261123\r\nD,ACCOUNT,NAME,0\r\nT,1,0\r\n", System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Empty(found["faults"]!.AsArray());
        Assert.Equal("CCSUB_B09001_20261123", string.Join('_', found["header"]!.AsArray().Select(h => (string)h!)));
        Assert.Null(FileTemplates.Of("another", "A", ["B"]));
    }
}
