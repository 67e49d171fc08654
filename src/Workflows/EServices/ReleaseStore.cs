using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientConnect.Workflows.EServices;

/// <summary>What became of a folder at the start.</summary>
public enum SeedOutcome
{
    /// <summary>Its hash was known already.</summary>
    Known,

    /// <summary>New, and in force from now on.</summary>
    InForce,

    /// <summary>New, but a person has to release it.</summary>
    Proposed,
}

/// <summary>
/// Keeps every release whole, by its hash, from the first day: requests go on by the one that they began with. The folders of the
/// repository are the seed: in Development a new one is in force at once, in Production, and where analysts have released since, it is
/// a proposal.
/// </summary>
public sealed class ReleaseStore(IDbContextFactory<PortalDb> databases, Catalogue catalogue, ReleaseDeeds deeds, BusinessClock clock)
{
    private const string Seed = "seed";

    // What this build can't read it can't read the next time either.
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);
    private (long Releases, long Effective, long Cancelled) seen;

    public async Task<SeedOutcome> SeedAsync(EServiceBundle bundle, bool isDevelopment, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO eservices.release (hash, eservice, document, stored_at) VALUES ({bundle.Hash}, {bundle.Key}, {bundle.Document.ToJsonString()}::jsonb, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", ct) == 1;
        var latest = await db.Set<EffectiveRow>().AsNoTracking().Where(e => e.EService == bundle.Key).OrderByDescending(e => e.EffectiveFrom).FirstOrDefaultAsync(ct);
        if (latest?.Hash == bundle.Hash) return SeedOutcome.Known;
        var mayBegin = latest is null || (isDevelopment && latest.By == Seed);
        if (!mayBegin && !isNew) return SeedOutcome.Known;

        var now = HashChain.Rounded(clock.GetUtcNow());
        var from = latest is null ? DateTimeOffset.UnixEpoch : now;
        if (mayBegin)
        {
            db.Add(new EffectiveRow { EService = bundle.Key, EffectiveFrom = from, Hash = bundle.Hash, By = Seed });
            await ReleaseRecord.AddAsync(db, bundle.Key, ReleaseHappening.Seeded, now, null, new JsonObject { ["release"] = bundle.Hash, ["effectiveFrom"] = from.ToString("o", CultureInfo.InvariantCulture) }, ct);
        }
        else
        {
            var proposal = new ReleaseProposalRow { Id = Guid.CreateVersion7(), EService = bundle.Key, Hash = bundle.Hash, ProposedAt = now, Editors = [], Note = "", State = ProposalState.Open };
            db.Add(proposal);
            await deeds.AddAsync(db, ReleaseHappening.Proposed, now, null, new JsonObject { ["release"] = bundle.Hash }, [new(ProposalNews.Waits, proposal) { Service = bundle.Service }], ct);
        }

        // Of hosts that start at once one writes it.
        return await ReleaseDesk.SavedAsync(db, ct) ? mayBegin ? SeedOutcome.InForce : SeedOutcome.Proposed : SeedOutcome.Known;
    }

    /// <summary>Fills the catalogue with all releases that are stored, and says which of them can't be read by this build.</summary>
    public async Task<IReadOnlyList<BundleFault>> LoadAsync(BundleLoader loader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var faults = new List<BundleFault>();
        foreach (var hash in await db.Set<ReleaseRow>().AsNoTracking().Select(r => r.Hash).ToListAsync(ct))
        {
            if (catalogue.ByHash(hash) is not null || unreadable.Contains(hash)) continue;
            var row = await db.Set<ReleaseRow>().AsNoTracking().SingleAsync(r => r.Hash == hash, ct);
            var reading = loader.Load(row.EService, (JsonObject)JsonNode.Parse(row.Document)!);
            if (reading.Bundle is { } bundle)
            {
                catalogue.Add(bundle with { Hash = row.Hash });
            }
            else
            {
                unreadable.Add(hash);
                faults.AddRange(reading.Faults.Select(f => f with { File = $"{row.EService}@{row.Hash[..12]}/{f.File}" }));
            }
        }

        catalogue.Follow((await db.Set<EffectiveRow>().AsNoTracking().ToListAsync(ct)).Select(e => (e.Hash, e.EffectiveFrom)));
        return faults;
    }

    /// <summary>
    /// The same where anything was released or cancelled since the last time; three counts say whether. A host that asks every half
    /// second knows of a release before it is in force, however many questions it has missed, and of what was cancelled before its moment.
    /// </summary>
    /// <param name="asks">A connection of its own: people's are theirs.</param>
    public async Task<IReadOnlyList<BundleFault>> FollowAsync(BundleLoader loader, NpgsqlDataSource asks, CancellationToken ct)
    {
        var now = await CountsAsync(asks, ct);
        if (now == seen) return [];
        var faults = await LoadAsync(loader, ct);
        seen = now;
        return faults;
    }

    // A cancellation takes one from what is effective and adds one to what was cancelled, so no two states have the same counts.
    private static async Task<(long Releases, long Effective, long Cancelled)> CountsAsync(NpgsqlDataSource asks, CancellationToken ct)
    {
        await using var command = asks.CreateCommand(
            "SELECT (SELECT count(*) FROM eservices.release), (SELECT count(*) FROM eservices.effective), (SELECT count(*) FROM eservices.release_proposal WHERE state = 'Cancelled')");
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }
}
