using ClientConnect.Benchmarks;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

// Measures on this machine, in this run: what is printed as a count is exact, what is printed as a time is only worth its ratio.
await using var database = new DemonstrationDatabase();
await database.InitializeAsync();
await using var portal = await PortalHost.StartAsync(database);
FlowBench.Run(Console.Out);
await new ClickBench(portal, Console.Out).RunAsync();
return 0;
