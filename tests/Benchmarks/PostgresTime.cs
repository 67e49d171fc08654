using System.Globalization;

namespace ClientConnect.Benchmarks;

/// <summary>Processor time of the connections of the portal's role, on this machine, as the kernel counts it (in hundredths of a second).</summary>
internal static class PostgresTime
{
    public static TimeSpan Spent()
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                if (!File.ReadAllText($"{folder}/cmdline").StartsWith("postgres: client_connect_app", StringComparison.Ordinal)) continue;
                var stat = File.ReadAllText($"{folder}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has ended in the meantime.
            }
        }

        return TimeSpan.FromMilliseconds(ticks * 10);
    }
}
