using ClientConnect.Host.Demonstration;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Composition;

/// <summary>What the host does from the command line instead of serving: <c>migrate</c>, <c>verify-audit</c>, <c>audit-the-world</c>, <c>accounts</c>, <c>export</c>, <c>flow run</c>.</summary>
internal abstract class Verbs
{
    /// <summary>Null where the host is to serve.</summary>
    public static Verbs? In(string[] args) => args switch
    {
        ["migrate", ..] => new MigrateVerb(),
        ["verify-audit", ..] => new VerifyAuditVerb(),
        ["audit-the-world", .. var evidence] => new AuditTheWorldVerb(evidence),
        ["accounts", ..] => new AccountsVerb(),
        ["export", var folder, var eService] => new ExportVerb(folder, eService, null),
        ["export", var folder, var eService, var hash] => new ExportVerb(folder, eService, hash),
        ["export", ..] => new ExportVerb("", "", null),
        ["flow", "run", var definition, var stimuli] => new FlowVerb(definition, stimuli),
        ["flow", ..] => new FlowVerb(null, null),
        _ => null,
    };

    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(WebApplication app);

    protected static void Say(string text) => Console.Out.WriteLine(text);
}

internal sealed class MigrateVerb : Verbs
{
    public override async Task<int> RunAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<Preparation>().PrepareAsync(CancellationToken.None);
        Say("The database is up to date.");
        return 0;
    }
}

internal sealed class VerifyAuditVerb : Verbs
{
    public override async Task<int> RunAsync(WebApplication app)
    {
        var verdict = await app.Services.GetRequiredService<VerifyAudit>().HandleAsync(AuditHeads.AllAsync, CancellationToken.None);
        var bad = verdict.FirstBad ?? await app.Services.GetRequiredService<ReleaseRecord>().FirstBadAsync(CancellationToken.None);
        Say(bad is not null ? $"NOT WHOLE: {bad}" : $"Whole: {verdict.Events} events of {verdict.Requests} requests, every link verified; and those of the releases.");
        return bad is null ? 0 : 1;
    }
}

internal sealed class AccountsVerb : Verbs
{
    public override Task<int> RunAsync(WebApplication app)
    {
        if (app.Services.GetService<DemonstrationMarket>() is not { } market)
        {
            Say("The demonstration market exists in Development only.");
            return Task.FromResult(1);
        }

        Say(string.Empty);
        Say($"Accounts (password of all: {market.Accounts[0].Password}; one click signs in at /dev):");
        foreach (var firm in market.Accounts.GroupBy(a => a.Firm.En))
        {
            Say($"  {firm.Key}");
            foreach (var account in firm)
            {
                Say($"    {account.Email,-34} TOTP secret {account.TotpSecret}");
            }
        }

        return Task.FromResult(0);
    }
}

internal sealed class FlowVerb(string? definition, string? stimuli) : Verbs
{
    public int Run()
    {
        if (definition is null || stimuli is null)
        {
            Say("flow run <definition.json> <stimuli.json>: runs a workflow definition without a database and prints what follows from each stimulus.");
            return 2;
        }

        Say(FlowTranscript.Of(File.ReadAllText(definition), File.ReadAllText(stimuli)));
        return 0;
    }

    public override Task<int> RunAsync(WebApplication app) => Task.FromResult(Run());
}
