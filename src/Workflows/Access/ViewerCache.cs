using System.Collections.Concurrent;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Remembers for a few minutes who a session belongs to, so that a click needs no round trip to learn it: the click's own first
/// round trip checks that the session is still open and its rights are still these. Pages don't use it; nothing breaks when it is lost.
/// </summary>
public sealed class ViewerCache(ReadSession sessions, TimeProvider machine)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Remembered> viewers = new(StringComparer.Ordinal);

    /// <summary>Who it is by memory, else by the database. Only for what checks session and stamp itself.</summary>
    public async Task<Viewer?> RecallAsync(SessionToken token, CancellationToken ct)
    {
        var hash = token.Hash;
        return viewers.TryGetValue(Key(hash), out var known) && known.Until > machine.GetUtcNow() ? known.Viewer : await ReadAsync(hash, ct);
    }

    /// <summary>Who it is as of now; remembered for the clicks that follow.</summary>
    public Task<Viewer?> ReadAsync(SessionToken token, CancellationToken ct) => ReadAsync(token.Hash, ct);

    /// <summary>The same viewer with the rights in force, after a click found them changed; null where the session has ended.</summary>
    public Task<Viewer?> AgainAsync(Viewer viewer, CancellationToken ct) => ReadAsync(viewer.Session, ct);

    public void Forget(Viewer viewer) => viewers.TryRemove(Key(viewer.Session), out _);

    internal void Forget(byte[] tokenHash) => viewers.TryRemove(Key(tokenHash), out _);

    private async Task<Viewer?> ReadAsync(byte[] hash, CancellationToken ct)
    {
        var viewer = await sessions.HandleAsync(hash, ct);
        if (viewer is null)
        {
            Forget(hash);
            return null;
        }

        MakeRoom();
        viewers[Key(hash)] = new Remembered(viewer, machine.GetUtcNow() + Lifetime);
        return viewer;
    }

    private void MakeRoom()
    {
        if (viewers.Count < Capacity)
        {
            return;
        }

        var now = machine.GetUtcNow();
        foreach (var old in viewers.Where(v => v.Value.Until <= now))
        {
            viewers.TryRemove(old);
        }

        // All of them fresh: which ones go matters little, each costs one round trip to learn again.
        if (viewers.Count >= Capacity)
        {
            viewers.Clear();
        }
    }

    private static string Key(byte[] hash) => Convert.ToBase64String(hash);

    private sealed record Remembered(Viewer Viewer, DateTimeOffset Until);
}
