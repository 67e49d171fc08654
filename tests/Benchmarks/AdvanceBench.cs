using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using Jint;

namespace ClientConnect.Benchmarks;

/// <summary>
/// What one step of the interpreter costs in time and memory, with and without a JavaScript condition on the way, beside a bare Jint
/// engine that is constrained as an analyst's expression would have to be; and with one and with two hundred releases of an eService.
/// </summary>
internal static class AdvanceBench
{
    private const int Times = 20_000;

    private const int Releases = 200;

    public static async Task RunAsync(TextWriter output)
    {
        output.WriteLine("advance: one step, in this process");
        foreach (var file in Directory.EnumerateFiles(Repository.Workflows, "workflow.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var (name, flow) = (Path.GetFileName(Path.GetDirectoryName(file)), FlowDefinition.Read(File.ReadAllText(file)).Definition!);
            var facts = new Facts(new JsonObject { ["answers"] = new JsonObject { ["market"] = "HK" }, ["lines"] = new JsonObject { ["asked"] = 3, ["approved"] = 3, ["rejected"] = 0, ["returned"] = 0, ["items"] = new JsonArray() } });
            var started = new FlowInterpreter().Advance(flow, FlowState.New, new RunStarted(), facts).State;
            var reviewed = Approved(flow, started, facts);
            Measure(output, $"{name}, a return (no condition)", () => Step(flow, started, facts, "return"));
            Measure(output, $"{name}, the check (no condition)", () => Step(flow, started, facts, "approve"));
            Measure(output, $"{name}, the approval (a JavaScript condition)", () => Step(flow, Approved(flow, reviewed, facts), facts, "approve"), () => Approved(flow, reviewed, facts));
        }

        Measure(output, "a bare constrained Jint engine, the same condition", BareEngine);
        await MeasureReleasesAsync(output);
    }

    // As a click does it: the release that the request is pinned to, and the one in force for a draft, are looked up, and the flow takes a step.
    private static async Task MeasureReleasesAsync(TextWriter output)
    {
        var folder = await WorkflowsFolder.ReadAsync(Repository.Workflows, CancellationToken.None);
        var loader = await BundleLoader.CreateAsync(folder, CancellationToken.None);
        var facts = new Facts(new JsonObject { ["answers"] = new JsonObject { ["market"] = "HK" } });
        foreach (var (key, files) in folder.Folders.Where(f => !f.Key.StartsWith('_')))
        {
            var bundle = loader.Load(key, files).Bundle!;
            Action With(int count)
            {
                var catalogue = new Catalogue();
                for (var i = 0; i < count; i++)
                {
                    catalogue.Add(bundle with { Hash = $"{i:x64}" });
                    catalogue.PutInForce($"{i:x64}", DateTimeOffset.UnixEpoch.AddDays(i));
                }

                var (pinned, now) = ($"{count / 2:x64}", DateTimeOffset.UnixEpoch.AddDays(count));
                return () =>
                {
                    _ = catalogue.InForce(key, now);
                    _ = new FlowInterpreter().Advance(catalogue.ByHash(pinned)!.Flow, FlowState.New, new RunStarted(), facts);
                };
            }

            var (one, many) = (With(1), With(Releases));
            var rounds = Enumerable.Range(0, 9).Select(_ => (One: Cost(one).Nanoseconds, Many: Cost(many).Nanoseconds)).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {key}, its first step with 1 release and with {Releases}: {Numbers.Median(rounds.Select(r => r.One)):F0} and {Numbers.Median(rounds.Select(r => r.Many)):F0} ns, ratio {Numbers.Median(rounds.Select(r => r.Many / r.One)):F2}"));
        }
    }

    private static FlowState Approved(FlowDefinition flow, FlowState state, Facts facts) => Step(flow, state, facts, "approve").State;

    private static FlowAdvance Step(FlowDefinition flow, FlowState state, Facts facts, string answer) =>
        new FlowInterpreter().Advance(flow, state, new TaskAnswered(state.Tokens[0].Step, state.Tokens[0].Visit, answer), facts);

    private static void BareEngine()
    {
        var engine = new Engine(o => o.LimitMemory(1_000_000).TimeoutInterval(TimeSpan.FromMilliseconds(50)).MaxStatements(1_000).LimitRecursion(20).Strict());
        engine.SetValue("approved", 3).SetValue("asked", 3);
        _ = engine.Evaluate("approved == asked").AsBoolean();
    }

    /// <param name="without">What is done besides and is taken off again; null where nothing is.</param>
    private static void Measure(TextWriter output, string what, Action action, Action? without = null)
    {
        var (time, bytes) = Cost(action);
        var (offTime, offBytes) = without is null ? (0, 0) : Cost(without);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {time - offTime:F0} ns, {bytes - offBytes} bytes"));
    }

    private static (double Nanoseconds, long Bytes) Cost(Action action)
    {
        for (var i = 0; i < Times; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++) action();
        return (Stopwatch.GetElapsedTime(watch).TotalNanoseconds / Times, (GC.GetAllocatedBytesForCurrentThread() - before) / Times);
    }
}
