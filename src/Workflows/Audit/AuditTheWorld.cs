using System.Data;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ClientConnect.Workflows.Audit;

/// <summary>
/// Compares all that is stored with what must be so, and with what somebody outside knows; names every difference. Reads one
/// snapshot, so that it may run while people work. System use.
/// </summary>
public sealed class AuditTheWorld(IDbContextFactory<PortalDb> databases, Catalogue catalogue, VerifyAudit chains)
{
    public async Task<AuditReport> HandleAsync(AuditEvidence evidence, CancellationToken ct)
    {
        var differences = new List<Difference>();
        var verdict = await chains.HandleAsync(AuditHeads.AllAsync, ct);
        if (verdict.FirstBad is { } bad) differences.Add(new Difference("O4", "The record", bad));

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var connection = (NpgsqlConnection)snapshot.GetDbTransaction().Connection!;
        var notices = 0L;
        for (var page = await AuditedRequests.AfterAsync(connection, Guid.Empty, ct); page.Count > 0; page = await AuditedRequests.AfterAsync(connection, page[^1].Id, ct))
        {
            notices += page.Sum(r => r.Notices.Count);
            foreach (var request in page) Judge(request, differences);
        }

        foreach (var (rule, sql) in RowRules.All)
        {
            await AuditedRequests.EachAsync(connection, sql, [], r => differences.Add(new Difference(rule, r.GetString(0), r.GetString(1))), ct);
        }

        await new EvidenceRules(connection, evidence, (rule, where, what) => differences.Add(new Difference(rule, where, what))).CheckAsync(ct);
        return new AuditReport(verdict.Requests, verdict.Events, notices, [.. differences.OrderBy(d => d.Rule, StringComparer.Ordinal)]);
    }

    private void Judge(AuditedRequest request, List<Difference> differences)
    {
        void Differs(string rule, string what) => differences.Add(new Difference(rule, request.Name, what));
        for (var at = 0; at < request.Events.Count; at++)
        {
            if (request.Events[at].Sequence != at + 1) Differs("O2", $"its events are not 1 to {request.Events.Count}: {request.Events[at].Sequence} stands where {at + 1} belongs");
        }

        if (request.Events.Count != request.Sequence) Differs("O2", $"it says that it has {request.Sequence} events; there are {request.Events.Count}");
        if (request.Bundle is null || catalogue.ByHash(request.Bundle) is not { } bundle)
        {
            Differs("O2", $"its release {request.Bundle} is not stored, or this build can't read it");
            return;
        }

        new RecordRules(request, bundle, Differs).Check();
        new WorkRules(request, bundle, Differs).Check();
    }
}
