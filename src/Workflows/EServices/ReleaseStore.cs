using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

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
/// repository are the seed: in Development a new one is in force at once, in Production it waits for two people.
/// </summary>
public sealed class ReleaseStore(IDbContextFactory<PortalDb> databases, Catalogue catalogue, BusinessClock clock)
{
    private const string Seed = "seed";

    public async Task<SeedOutcome> SeedAsync(EServiceBundle bundle, bool isDevelopment, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO eservices.release (hash, eservice, document, stored_at) VALUES ({bundle.Hash}, {bundle.Key}, {bundle.Document.ToJsonString()}::jsonb, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", ct);
        var latest = await db.Set<EffectiveRow>().AsNoTracking().Where(e => e.EService == bundle.Key).OrderByDescending(e => e.EffectiveFrom).FirstOrDefaultAsync(ct);
        if (latest?.Hash == bundle.Hash) return SeedOutcome.Known;
        var mayBegin = latest is null || (isDevelopment && latest.By == Seed);
        if (!mayBegin) return SeedOutcome.Proposed;

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO eservices.effective (eservice, effective_from, hash, by) VALUES ({bundle.Key}, {(latest is null ? DateTimeOffset.UnixEpoch : clock.GetUtcNow())}, {bundle.Hash}, {Seed}) ON CONFLICT DO NOTHING", ct);
        return SeedOutcome.InForce;
    }

    /// <summary>Fills the catalogue with all releases that are stored, and says which of them can't be read by this build.</summary>
    public async Task<IReadOnlyList<BundleFault>> LoadAsync(BundleLoader loader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var faults = new List<BundleFault>();
        foreach (var row in await db.Set<ReleaseRow>().AsNoTracking().ToListAsync(ct))
        {
            if (catalogue.ByHash(row.Hash) is not null) continue;
            var reading = loader.Load(row.EService, (JsonObject)JsonNode.Parse(row.Document)!);
            if (reading.Bundle is { } bundle)
            {
                catalogue.Add(bundle with { Hash = row.Hash });
            }
            else
            {
                faults.AddRange(reading.Faults.Select(f => f with { File = $"{row.EService}@{row.Hash[..12]}/{f.File}" }));
            }
        }

        foreach (var row in await db.Set<EffectiveRow>().AsNoTracking().ToListAsync(ct))
        {
            catalogue.PutInForce(row.Hash, row.EffectiveFrom);
        }

        return faults;
    }
}
