using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// What is found in the lines of a file that is sent for its content, held against each structure that is known here. Done once, as the
/// file comes in: the content never changes, and who asks for a structure later reads what was found.
/// </summary>
internal static class Examination
{
    /// <summary>A header, details, and a trailer with their number and the total of their last fields.</summary>
    public const string DelimitedWithTrailer = "delimited-with-trailer";

    private static readonly string[] Examined = ["csv", "txt"];

    /// <summary>By structure: <c>records</c>, <c>total</c>, <c>header</c>, and <c>faults</c> with code, line and what stands there. Null for files that have no lines.</summary>
    public static JsonObject? Of(string name, ReadOnlySpan<byte> content)
    {
        if (!Examined.Contains(FileNames.ExtensionOf(name))) return null;
        var delimited = new DelimitedRecords();
        var number = 0;
        foreach (var range in LinesOf(content))
        {
            delimited.Take(++number, Encoding.UTF8.GetString(content[range].TrimEnd((byte)'\r')));
        }

        return new JsonObject { [DelimitedWithTrailer] = delimited.Found(number) };
    }

    private static List<Range> LinesOf(ReadOnlySpan<byte> content)
    {
        var lines = new List<Range>();
        var start = content is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        while (start < content.Length)
        {
            var length = content[start..].IndexOf((byte)'\n');
            var end = length < 0 ? content.Length : start + length;
            lines.Add(start..end);
            start = end + 1;
        }

        return lines;
    }

    /// <summary>Reads the records one by one, and keeps no more of them than their sums.</summary>
    private sealed class DelimitedRecords
    {
        private const int MostFaults = 20;
        private const int MostShown = 40;
        private const int MostHeader = 12;
        private const NumberStyles Amount = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

        private readonly JsonArray faults = [];
        private readonly JsonArray header = [];
        private char separator = ',';
        private int records;
        private int fields;
        private decimal total;
        private bool isClosed;

        public void Take(int number, string line)
        {
            if (number == 1)
            {
                Begin(line);
                return;
            }

            var parts = line.Split(separator);
            if (isClosed) Fault("after-trailer", number, line);
            else if (line.Length == 0) Fault("empty-line", number, "");
            else if (parts[0] == "D") Detail(number, parts);
            else if (parts[0] == "T") Close(number, parts);
            else Fault("unknown-record", number, parts[0]);
        }

        public JsonObject Found(int lines)
        {
            if (!isClosed) Fault("no-trailer", Math.Max(lines, 1), "");
            return new JsonObject { ["records"] = records, ["total"] = total, ["header"] = header, ["faults"] = faults };
        }

        private void Begin(string line)
        {
            if (line.Length < 2 || line[0] != 'H' || line[1] is not (',' or ';' or '|' or '\t'))
            {
                Fault("no-header", 1, line);
                return;
            }

            separator = line[1];
            foreach (var part in line.Split(separator).Skip(1).Take(MostHeader)) header.Add((JsonNode)Shown(part));
        }

        private void Detail(int number, string[] parts)
        {
            records++;
            if (fields == 0) fields = parts.Length;
            if (parts.Length < 2 || parts.Length != fields) Fault("other-fields", number, Text(parts.Length), Text(Math.Max(fields, 2)));
            else if (Number(parts[^1]) is not { } amount) Fault("not-an-amount", number, parts[^1]);
            else total += amount;
        }

        private void Close(int number, string[] parts)
        {
            isClosed = true;
            if (parts.Length != 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || Number(parts[2]) is not { } sum)
            {
                Fault("trailer-not-readable", number, string.Join(separator, parts));
                return;
            }

            if (count != records) Fault("record-count", number, Text(records), Text(count));
            if (sum != total) Fault("hash-total", number, Text(total), Text(sum));
        }

        private void Fault(string code, int line, string found, string? expected = null)
        {
            if (faults.Count >= MostFaults) return;
            faults.Add((JsonNode)new JsonObject { ["code"] = code, ["line"] = Text(line), ["found"] = Shown(found), ["expected"] = expected ?? "" });
        }

        // At most fifteen digits, so that no sum of millions of them overflows.
        private static decimal? Number(string text) =>
            text.Length is > 0 and <= 18 && decimal.TryParse(text, Amount, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000_000m ? number : null;

        private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

        private static string Shown(string text)
        {
            var clean = string.Concat(text.Take(MostShown).Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069')));
            return text.Length > MostShown ? clean + "…" : clean;
        }
    }
}
