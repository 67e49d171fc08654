using System.Text;
using ClientConnect.Workflows.Kernel;
using CsvHelper;

namespace ClientConnect.Workflows.Register;

/// <summary>One line of a table.</summary>
/// <param name="Number">As an editor counts: the header is 1.</param>
internal sealed record CsvLine(int Number, string[] Cells);

/// <summary>A CSV file as its cells. Reads no further than it must to say no.</summary>
internal sealed record CsvTable(string[] Header, IReadOnlyList<CsvLine> Lines)
{
    public const int MostMegabytes = 10, MostLines = 50_000;

    private const int LongestRecord = 64 * 1024;

    // A cell holds no line ends: then a quote that does not close is found where it stands.
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRecord,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrimWhitespace = true,
        IncludeValuesInExceptions = false,
    };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Result<CsvTable> Read(byte[] content)
    {
        if (content.Length > MostMegabytes * 1024 * 1024) return new ImportIsTooLarge(MostMegabytes, MostLines);
        if (TextOf(content) is not { } text) return new FileIsNotCsv(1);
        var lines = new List<CsvLine>();
        try
        {
            using var reader = CsvReader.FromText(text, Options);
            while (lines.Count <= MostLines + 1 && reader.Read()) lines.Add(new CsvLine((int)reader.LineNumber, reader.Current.ToArray()));
        }
        catch (CsvFormatException fault)
        {
            return new FileIsNotCsv((int)Math.Max(1, fault.LineNumber));
        }

        if (lines.Count > MostLines + 1) return new ImportIsTooLarge(MostMegabytes, MostLines);
        return lines.Count < 2 ? new ImportHasNoLines() : new CsvTable(lines[0].Cells, lines[1..]);
    }

    // Null where it is no text: another encoding, or a workbook that was only named .csv.
    private static string? TextOf(byte[] content)
    {
        try
        {
            var text = Strict.GetString(content).TrimStart('\uFEFF');
            return text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
