using System.Text.RegularExpressions;

namespace ClientConnect.Architecture.Tests;

/// <summary>SQL never reads time: the business clock decides, and it is read once.</summary>
public sealed partial class SqlTests
{
    [Fact]
    public void Sql_in_code_reads_no_time() => Broken.None(
        "SQL must not read time. Pass @now from the injected clock:",
        from assembly in Sources.Shipped
        from type in assembly.GetTypes()
        where Il.Outermost(type).FullName != "ClientConnect.Workflows.Database.DatabaseClock" // measures how far the machine's clock is off
        from literal in Il.Literals(type)
        let found = Time().Match(literal)
        where found.Success
        select $"{Il.Outermost(type).FullName} says {found.Value}");

    [Fact]
    public void Sql_in_files_reads_no_time() => Broken.None(
        "SQL must not read time. Pass @now from the injected clock:",
        from file in Sources.Files("src", ".sql")
        let found = Time().Match(File.ReadAllText(file))
        where found.Success
        select $"{Sources.Relative(file)} says {found.Value}");

    [Theory]
    [InlineData("UPDATE x SET at = now()", true)]
    [InlineData("SELECT CURRENT_TIMESTAMP", true)]
    [InlineData("WHERE due_at <= localtimestamp", true)]
    [InlineData("WHERE due_at <= @now AND known", false)]
    [InlineData("timeOfDay", false)]
    public void The_check_knows_its_words(string sql, bool readsTime) => Assert.Equal(readsTime, Time().IsMatch(sql));

    [GeneratedRegex(@"(?<!\.)\bnow\s*\(\s*\)|\b(current_timestamp|current_date|current_time|clock_timestamp|statement_timestamp|transaction_timestamp|localtimestamp|localtime)\b|\btimeofday\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Time();
}
