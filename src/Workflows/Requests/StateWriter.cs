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
            Replace(batch, apply, context, from);
        }
    }

    // An entry is never overwritten: the old one ends where the new one begins, so that the register can be read as of any moment.
    private static void Replace(ClickBatch batch, ApplyToRegister apply, EffectContext context, DateTimeOffset from)
    {
        var request = context.Request;
        var keys = apply.Changes.Select(c => c.Key).ToArray();
        batch.Add(
            "UPDATE register.entry SET valid_to = $4 WHERE kind = $1 AND key = ANY ($2) AND membership_id = $3 AND valid_to IS NULL",
            apply.Kind, keys, request.Membership.Id.Value, from);
        batch.Add(
            """
            INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from, request_id, line)
            SELECT e.id, $1, e.key, $2, $3, e.held::jsonb, $4, $5, e.line FROM unnest($6, $7, $8, $9) AS e (id, key, held, line)
            """,
            apply.Kind, request.Membership.Id.Value, request.Firm.Value, from, request.Id.Value,
            keys.Select(k => StableId.Of(request.Id.Value, $"register:{apply.Kind}:{k}")).ToArray(), keys,
            apply.Changes.Select(c => c.Values.ToJsonString()).ToArray(), apply.Changes.Select(c => c.Line).ToArray());
    }
}
