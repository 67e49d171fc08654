using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// Several writes as one statement: all but the last as <c>WITH</c> queries, the parameters counted through. They see the rows as they were
/// before it, and each other's not. Clicks of one kind make the same texts, which are put together once.
/// </summary>
internal sealed partial class Together
{
    private static readonly ConcurrentDictionary<string[], string> Made = new(new SameTexts());

    private readonly List<string> statements = [];

    public void Add(string sql) => statements.Add(sql);

    public string Sql => statements.Count == 1 ? statements[0] : Made.GetOrAdd([.. statements], Make);

    private static string Make(string[] statements)
    {
        var (sql, before) = (new StringBuilder(), 0);
        for (var i = 0; i < statements.Length; i++)
        {
            var (shift, most) = (before, 0);
            var shifted = Place().Replace(statements[i], place =>
            {
                var number = int.Parse(place.ValueSpan[1..], CultureInfo.InvariantCulture);
                most = Math.Max(most, number);
                return string.Create(CultureInfo.InvariantCulture, $"${number + shift}");
            });
            before += most;
            sql.Append(i == statements.Length - 1 ? "\n" : i == 0 ? "WITH " : ",\n");
            sql.Append(i == statements.Length - 1 ? shifted : string.Create(CultureInfo.InvariantCulture, $"w{i} AS ({shifted})"));
        }

        return sql.ToString();
    }

    [GeneratedRegex(@"\$[0-9]+")]
    private static partial Regex Place();

    // The texts are literals nearly always: to compare them is to compare references.
    private sealed class SameTexts : IEqualityComparer<string[]>
    {
        public bool Equals(string[]? a, string[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(string[] texts)
        {
            var hash = new HashCode();
            foreach (var text in texts) hash.Add(text.Length);
            return hash.ToHashCode();
        }
    }
}
