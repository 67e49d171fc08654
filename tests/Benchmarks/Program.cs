using System.Globalization;
using ClientConnect.Benchmarks;
using ClientConnect.Testing.Yardstick;

// Measures on this machine, in this run: what is printed as a count is exact, what is printed as a time is only worth its ratio.
if (args is ["yardstick", var address, var connection, var file])
{
    await YardstickHost.RunAsync(address, connection, YardstickPlan.Load(await File.ReadAllTextAsync(file)));
    return 0;
}

string[] all = ["counts", "clicks", "advance", "inbox", "deadlines"];
var wanted = args.Length > 0 && !args[0].StartsWith("--", StringComparison.Ordinal) ? [args[0]] : all;
if (!all.Contains(wanted[0]))
{
    Console.Out.WriteLine($"./dev bench [{string.Join('|', all)}] [--rounds 5] [--warm-up 3] [--clicks 1000] [--connections 8]");
    return 2;
}

if (wanted.Contains("counts") || wanted.Contains("clicks"))
{
    if (await new CountsBench(Console.Out).RunAsync() is not { } costs) return 1;
    if (wanted.Contains("clicks")) await new ClickBench([.. costs.Select(c => c.Plan)], Number("--rounds", 5), Number("--warm-up", 3), Number("--clicks", 1000), Number("--connections", 8), Console.Out).RunAsync();
}

if (wanted.Contains("advance")) await AdvanceBench.RunAsync(Console.Out);
if (wanted.Contains("inbox")) await new InboxBench(Console.Out).RunAsync();
if (wanted.Contains("deadlines")) await new DeadlinesBench(Console.Out).RunAsync();
return 0;

int Number(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
