using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Register entries that a click turns out to need only while it is decided: what a reviewer grants may be looked up, and under which key
/// is known no earlier. What was not loaded with the request is noted, fetched, and the click decided again.
/// </summary>
public sealed class AskedEntries(RegisterReader register)
{
    private readonly Dictionary<RegisterAsk, HeldEntry?> held = [];
    private readonly HashSet<RegisterAsk> missing = [];
    private MembershipId membership;

    /// <summary>Something was asked for that nobody has fetched yet: what was decided counts for nothing.</summary>
    public bool AreMissing => missing.Count > 0;

    /// <summary>The same context, which knows what was fetched too.</summary>
    public FormContext Within(FormContext context, LoadedRequest request) => context with { Register = (kind, key) => Find(context, request, new RegisterAsk(kind, key)) };

    /// <returns>Whether anything was missing, so that it is worth deciding again.</returns>
    public async Task<bool> FetchAsync(CancellationToken ct)
    {
        if (!AreMissing) return false;
        var found = await register.FindAsync([.. missing.Select(a => a.Ref)], membership, ct);
        foreach (var ask in missing)
        {
            held[ask] = found.FirstOrDefault(e => e.Ref == ask.Ref) is { } entry ? new HeldEntry(entry.Kind, entry.Key, entry.Membership, entry.Values) : null;
        }

        missing.Clear();
        return true;
    }

    private HeldEntry? Find(FormContext context, LoadedRequest request, RegisterAsk ask)
    {
        if (context.Register(ask.Kind, ask.Key) is { } loaded) return loaded;
        if (request.RegisterRefs.Contains(ask.Ref)) return null;
        if (held.TryGetValue(ask, out var entry)) return entry;
        membership = request.Membership.Id;
        missing.Add(ask);
        return null;
    }
}
