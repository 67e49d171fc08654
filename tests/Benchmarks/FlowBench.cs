using System.Diagnostics;
using System.Globalization;
using ClientConnect.Testing;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Benchmarks;

/// <summary>What one step of the interpreter costs, and what an expression does.</summary>
internal static class FlowBench
{
    private const int Times = 20_000;

    public static void Run(TextWriter output)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Workflows, "workflow.json", SearchOption.AllDirectories))
        {
            var flow = FlowDefinition.Read(File.ReadAllText(file)).Definition!;
            var started = new FlowInterpreter().Advance(flow, FlowState.New, new RunStarted(), Facts.None);
            var first = started.Waits[0];
            var stimulus = new TaskAnswered(first.Step, first.Visit, "return");
            Measure(output, $"Advance, {Path.GetFileName(Path.GetDirectoryName(file))}, a return", () => new FlowInterpreter().Advance(flow, started.State, stimulus, Facts.None));
        }
    }

    private static void Measure(TextWriter output, string what, Action action)
    {
        for (var i = 0; i < Times; i++) action();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++) action();
        var spent = Stopwatch.GetElapsedTime(watch);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {spent.TotalNanoseconds / Times:F0} ns, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / Times} bytes"));
    }
}
