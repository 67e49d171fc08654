using System.Collections.Immutable;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// All releases that this host knows, and which of them is in force when. Readers always see one whole state: a change
/// replaces it at once. The database holds the releases; whoever reads them there tells the catalogue.
/// </summary>
public sealed class Catalogue
{
    private State state = new(ImmutableDictionary<string, EServiceBundle>.Empty, ImmutableDictionary<string, ImmutableArray<Release>>.Empty);

    /// <summary>Makes a release known by its hash; it is not in force by that.</summary>
    public void Add(EServiceBundle bundle) => ImmutableInterlocked.Update(ref state, s => s with { ByHash = s.ByHash.SetItem(bundle.Hash, bundle) });

    /// <summary>
    /// From that business moment on, new requests follow this release; false where it was never added. Requests that have
    /// begun stay with theirs.
    /// </summary>
    public bool PutInForce(string hash, DateTimeOffset from = default) =>
        ByHash(hash) is { } bundle
        && (ImmutableInterlocked.Update(ref state, s => s with { ByKey = s.ByKey.SetItem(bundle.Key, With(ReleasesIn(s, bundle.Key), bundle, from)) }) || true);

    /// <summary>The release that was to be in force from that moment on is not; it stays known by its hash.</summary>
    public void Withdraw(string key, DateTimeOffset from) =>
        ImmutableInterlocked.Update(ref state, s => s with { ByKey = s.ByKey.SetItem(key, Numbered(ReleasesIn(s, key).Where(r => r.From != from))) });

    /// <summary>What is in force when, as the database says it now: of each eService that it names, these releases and no others.</summary>
    public void Follow(IEnumerable<(string Hash, DateTimeOffset From)> inForce)
    {
        var said = inForce.Select(f => (Bundle: ByHash(f.Hash), f.From)).Where(f => f.Bundle is not null)
            .GroupBy(f => f.Bundle!.Key).ToDictionary(g => g.Key, g => Numbered(g.Select(f => new Release(0, f.From, f.Bundle!))));
        ImmutableInterlocked.Update(ref state, s => s with { ByKey = s.ByKey.SetItems(said) });
    }

    /// <summary>The release by which requests that began with it go on; null where unknown.</summary>
    public EServiceBundle? ByHash(string hash) => state.ByHash.GetValueOrDefault(hash);

    /// <summary>The release for new requests at that business moment; null where there is no such eService then.</summary>
    public EServiceBundle? InForce(string key, DateTimeOffset at) => ReleaseInForce(key, at)?.Bundle;

    /// <summary>All eServices in force at that moment, in the order of their ids.</summary>
    public IReadOnlyList<EServiceBundle> AllInForce(DateTimeOffset at) =>
        [.. state.ByKey.Values.Select(releases => InForce(releases, at)?.Bundle).OfType<EServiceBundle>().OrderBy(b => b.Service.Id, StringComparer.Ordinal)];

    /// <summary>The releases of an eService in the order in which they come into force; empty where there is no such eService.</summary>
    public IReadOnlyList<Release> ReleasesOf(string key) => ReleasesIn(state, key);

    /// <summary>Of these, the one that new requests follow at that moment; null where there is none then.</summary>
    public Release? ReleaseInForce(string key, DateTimeOffset at) => InForce(ReleasesIn(state, key), at);

    // From the end: what is in force is among the last, however many came before it.
    private static Release? InForce(ImmutableArray<Release> releases, DateTimeOffset at)
    {
        for (var i = releases.Length - 1; i >= 0; i--)
        {
            if (releases[i].From <= at) return releases[i];
        }

        return null;
    }

    private static ImmutableArray<Release> ReleasesIn(State state, string key) => state.ByKey.GetValueOrDefault(key, []);

    private static ImmutableArray<Release> With(ImmutableArray<Release> releases, EServiceBundle bundle, DateTimeOffset from) =>
        Numbered(releases.Where(r => r.From != from).Append(new Release(0, from, bundle)));

    private static ImmutableArray<Release> Numbered(IEnumerable<Release> releases) => [.. releases.OrderBy(r => r.From).Select((r, i) => r with { Number = i + 1 })];

    private sealed record State(ImmutableDictionary<string, EServiceBundle> ByHash, ImmutableDictionary<string, ImmutableArray<Release>> ByKey);
}
