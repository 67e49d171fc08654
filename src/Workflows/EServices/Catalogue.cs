using System.Collections.Immutable;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// All releases that this host knows, and which of them is in force when. Readers always see one whole state: a change
/// replaces it at once. The database holds the releases; whoever reads them there tells the catalogue.
/// </summary>
public sealed class Catalogue
{
    private State state = new(ImmutableDictionary<string, EServiceBundle>.Empty, ImmutableDictionary<string, ImmutableSortedDictionary<DateTimeOffset, EServiceBundle>>.Empty);

    /// <summary>Makes a release known by its hash; it is not in force by that.</summary>
    public void Add(EServiceBundle bundle) => ImmutableInterlocked.Update(ref state, s => s with { ByHash = s.ByHash.SetItem(bundle.Hash, bundle) });

    /// <summary>
    /// From that business moment on, new requests follow this release; false where it was never added. Requests that have
    /// begun stay with theirs.
    /// </summary>
    public bool PutInForce(string hash, DateTimeOffset from = default) =>
        ByHash(hash) is { } bundle
        && (ImmutableInterlocked.Update(ref state, s => s with { ByKey = s.ByKey.SetItem(bundle.Key, ReleasesOf(s, bundle.Key).SetItem(from, bundle)) }) || true);

    /// <summary>The release by which requests that began with it go on; null where unknown.</summary>
    public EServiceBundle? ByHash(string hash) => state.ByHash.GetValueOrDefault(hash);

    /// <summary>The release for new requests at that business moment; null where there is no such eService then.</summary>
    public EServiceBundle? InForce(string key, DateTimeOffset at) =>
        ReleasesOf(state, key).LastOrDefault(r => r.Key <= at).Value;

    /// <summary>All eServices in force at that moment, in the order of their ids.</summary>
    public IReadOnlyList<EServiceBundle> AllInForce(DateTimeOffset at)
    {
        var now = state;
        return [.. now.ByKey.Keys.Select(key => ReleasesOf(now, key).LastOrDefault(r => r.Key <= at).Value).Where(b => b is not null).OrderBy(b => b.Service.Id, StringComparer.Ordinal)];
    }

    /// <summary>The releases of an eService in the order in which they come into force; empty where there is no such eService.</summary>
    public IReadOnlyList<Release> ReleasesOf(string key) => [.. ReleasesOf(state, key).Select((r, i) => new Release(i + 1, r.Key, r.Value))];

    /// <summary>Of these, the one that new requests follow at that moment; null where there is none then.</summary>
    public Release? ReleaseInForce(string key, DateTimeOffset at) => ReleasesOf(key).LastOrDefault(r => r.From <= at);

    private static ImmutableSortedDictionary<DateTimeOffset, EServiceBundle> ReleasesOf(State state, string key) =>
        state.ByKey.GetValueOrDefault(key) ?? ImmutableSortedDictionary<DateTimeOffset, EServiceBundle>.Empty;

    private sealed record State(
        ImmutableDictionary<string, EServiceBundle> ByHash,
        ImmutableDictionary<string, ImmutableSortedDictionary<DateTimeOffset, EServiceBundle>> ByKey);
}
