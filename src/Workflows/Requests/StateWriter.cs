using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Writes what Requests itself owns: status and decision stand in the request's row and event already; what was approved goes into
/// the register as entries that say which request and line they came from.
/// </summary>
public sealed class StateWriter : IEffectWriter
{
    public IReadOnlyCollection<Type> Writes { get; } = [typeof(SetStatus), typeof(RecordDecision), typeof(ApplyToRegister)];

    public void Write(IReadOnlyList<Effect> effects, EffectContext context, ClickBatch batch)
    {
        foreach (var apply in effects.OfType<ApplyToRegister>().Where(a => a.Changes.Count > 0))
        {
            var from = apply.EffectiveOn is { } date ? HongKong.At(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue) : context.Now;
            if (apply.Changes.Select(c => c.Membership).OfType<string>().Distinct().ToArray() is { Length: > 0 } named) batch.Add(AllOwn, named, context.Request.Firm.Value, named.Length);
            foreach (var ofOne in apply.Changes.GroupBy(c => c.Membership))
            {
                Replace(batch, apply with { Changes = [.. ofOne] }, context.Request, ofOne.Key ?? context.Request.Membership.Id.Value, from);
            }

            FirmNames.Add(batch, context.Request, apply);
        }
    }

    // An entry is never overwritten: the old one ends where the new one begins, so that the register can be read as of any moment.
    // Where one is to begin and there is one, the index of the entries in force refuses it, and all that was to be written with it.
    private static void Replace(ClickBatch batch, ApplyToRegister apply, LoadedRequest request, string membership, DateTimeOffset from)
    {
        if (Keys(apply, RegisterDeed.Replace, RegisterDeed.Amend) is { Length: > 0 } giving)
        {
            batch.Add($"UPDATE register.entry SET valid_to = $4 {InForce}", apply.Kind, giving, membership, from);
        }

        if (Keys(apply, RegisterDeed.End) is { Length: > 0 } ending)
        {
            batch.Add($"UPDATE register.entry SET valid_to = $4, ended_by = $5 {InForce}", apply.Kind, ending, membership, from, request.Id.Value);
        }

        Add(batch, Beginning, apply, request, membership, from, RegisterDeed.Replace, RegisterDeed.Begin);
        Add(batch, GoingOn, apply, request, membership, from, RegisterDeed.Amend);
    }

    // What names a membership of somebody else must change nothing: everything that was to be written with it is rolled back.
    private const string AllOwn = "SELECT setup.expect(count(*) = $3) FROM access.membership WHERE id = ANY ($1) AND firm_id = $2";

    private const string InForce = "WHERE kind = $1 AND key = ANY ($2) AND membership_id = $3 AND valid_to IS NULL";

    private const string Columns = "INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from, request_id, line)";

    private const string Beginning = $"{Columns} SELECT e.id, $1, e.key, $2, $3, e.held::jsonb, $4, $5, e.line FROM unnest($6, $7, $8, $9) AS e (id, key, held, line)";

    private const string GoingOn =
        $"""
        {Columns}
        SELECT e.id, $1, e.key, $2, $3,
          coalesce((SELECT b.values FROM register.entry b WHERE b.kind = $1 AND b.key = e.key AND b.membership_id = $2 AND b.valid_to = $4 ORDER BY b.valid_from DESC LIMIT 1), jsonb_build_object())
            || jsonb_strip_nulls(e.held::jsonb), $4, $5, e.line
        FROM unnest($6, $7, $8, $9) AS e (id, key, held, line)
        """;

    private static string[] Keys(ApplyToRegister apply, params RegisterDeed[] deeds) => [.. apply.Changes.Where(c => deeds.Contains(c.Deed)).Select(c => c.Key)];

    private static void Add(ClickBatch batch, string statement, ApplyToRegister apply, LoadedRequest request, string membership, DateTimeOffset from, params RegisterDeed[] deeds)
    {
        var changes = apply.Changes.Where(c => deeds.Contains(c.Deed)).ToList();
        if (changes.Count == 0) return;
        batch.Add(
            statement, apply.Kind, membership, request.Firm.Value, from, request.Id.Value,
            changes.Select(c => StableId.Of(request.Id.Value, $"register:{apply.Step}:{apply.Visit}:{apply.Kind}:{c.Key}{(c.Membership is null ? "" : $":{c.Membership}")}")).ToArray(), changes.Select(c => c.Key).ToArray(),
            changes.Select(c => c.Values.ToJsonString()).ToArray(), changes.Select(c => c.Line).ToArray());
    }
}
