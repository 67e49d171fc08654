using System.Globalization;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>What was approved takes effect: once for each approved line, in whichever round it was decided, or once for the request.</summary>
internal sealed record RegisterEntry(string Kind, bool EachLine, Input Key, Input? Deed, Input? EffectiveOn, Values Values) : Instant([Flow.Ports.Done])
{
    /// <summary>The answer that names the memberships which get the entries; null for the one that the request is for.</summary>
    public string? Memberships { get; init; }

    public override string? Leave(Visit visit)
    {
        var effectiveOn = visit.Text(EffectiveOn) is { Length: > 0 } text ? text : null;
        if (effectiveOn is not null && !DateOnly.TryParseExact(effectiveOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            visit.Stop($"'{effectiveOn}' is no date; effectiveOn takes 2026-11-26, or nothing for at once");
        }

        var changes = (EachLine ? ApprovedLines(visit) : [null]).SelectMany(line => Changes(visit, line)).SelectMany(change => ForMemberships(visit, change)).ToList();
        if (visit.IsStopped)
        {
            return null;
        }

        if (changes.Count > 0)
        {
            visit.Walk.Entering(visit.Step, changes.Select(c => c.Line).OfType<int>());
            visit.Emit(new ApplyToRegister(visit.Id, visit.Number, Kind, effectiveOn, changes));
        }

        return Flow.Ports.Done;
    }

    private static IEnumerable<JsonObject?> ApprovedLines(Visit visit) =>
        visit.Facts["lines"] is JsonObject lines && lines["items"] is JsonArray items ? items.OfType<JsonObject>().Where(line => Conversion.Text(line["outcome"]) == Flow.Ports.Approve && !visit.Walk.WasEntered(visit.Step, Conversion.Whole(line["line"]) ?? 0)) : [];

    // A membership that the facts don't have is not the firm's, whatever the answer says.
    private IEnumerable<RegisterChange> ForMemberships(Visit visit, RegisterChange change)
    {
        if (Memberships is null)
        {
            return [change];
        }

        var named = (visit.Facts["answers"]?[Memberships] as JsonArray ?? []).Select(Conversion.Text).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var own = (visit.Facts["memberships"] as JsonArray)?.Select(m => Conversion.Text(m?["id"])).ToHashSet(StringComparer.Ordinal);
        if (named.Count == 0)
        {
            visit.Stop($"'{Memberships}' names no membership, so nobody would get the entry");
        }
        else if (own is not null && named.Find(m => !own.Contains(m)) is { } foreign)
        {
            visit.Stop($"'{foreign}' is no membership of the firm that asks");
        }

        return named.Select(m => change with { Membership = m });
    }

    private IEnumerable<RegisterChange> Changes(Visit visit, JsonObject? line)
    {
        var scope = visit.ScopeWith(line);
        var deed = DeedOf(visit, scope);
        if (deed == RegisterDeed.Leave) return [];
        var keys = Keys(visit, scope);
        if (keys.Count == 0 || keys.Any(string.IsNullOrEmpty))
        {
            visit.Stop("its key came to nothing, so there is no entry to write");
        }

        return keys.Select(key => new RegisterChange(line is null ? null : Conversion.Whole(line["line"]), key ?? "", Values.Of(visit, scope), deed));
    }

    // A list is an entry for each that it names.
    private List<string?> Keys(Visit visit, IReadOnlyDictionary<string, JsonNode?> scope) =>
        !visit.Value(Key, scope, out var key) ? [] : key is JsonArray several ? [.. several.Select(Conversion.Text).Distinct(StringComparer.Ordinal)] : [Conversion.Text(key)];

    private RegisterDeed DeedOf(Visit visit, IReadOnlyDictionary<string, JsonNode?> scope)
    {
        var said = visit.Text(Deed, scope);
        if (string.IsNullOrEmpty(said))
        {
            return RegisterDeed.Replace;
        }

        var deed = Array.IndexOf([.. FlowVocabulary.RegisterDeeds], said);
        if (deed < 0)
        {
            visit.Stop($"its change came to '{said}'; it must be one of {string.Join(", ", FlowVocabulary.RegisterDeeds)}");
        }

        return (RegisterDeed)Math.Max(deed, 0);
    }
}
