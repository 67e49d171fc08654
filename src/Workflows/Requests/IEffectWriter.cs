using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Turns the effects that a module owns into statements of the click's one write. Every effect has exactly one writer; one
/// without stops the start.
/// </summary>
public interface IEffectWriter
{
    /// <summary>The effects that this writer writes.</summary>
    IReadOnlyCollection<Type> Writes { get; }

    /// <param name="effects">All of the click's that are this writer's, in the order in which the flow asked for them.</param>
    void Write(IReadOnlyList<Effect> effects, EffectContext context, ClickBatch batch);

    /// <summary>A refusal where an effect can't be written as things stood when the request was loaded; the click is refused then, and nothing written.</summary>
    Refusal? WhyNot(Effect effect, LoadedRequest after) => null;

    /// <summary>What it means that a unique key of this writer's rows is taken already; null where it means nothing but a lost race.</summary>
    Refusal? WhyTaken(string key) => null;

    /// <summary>The same for several requests of one transaction; a writer whose rows come by the hundred writes them by one statement.</summary>
    void WriteAll(IReadOnlyList<RequestEffects> requests, ClickBatch batch)
    {
        foreach (var (effects, context) in requests)
        {
            Write(effects, context, batch);
        }
    }
}

/// <summary>One writer's effects of one request, in the order in which the flow asked for them.</summary>
public sealed record RequestEffects(IReadOnlyList<Effect> Effects, EffectContext Context);

/// <summary>What a writer may know of the click that it writes for.</summary>
/// <param name="Request">The request as it will stand after the click.</param>
/// <param name="By">Who clicked; null where a deadline moved the run.</param>
/// <param name="Now">Business time, read once when the click came in.</param>
/// <param name="Plan">The deadlines as they follow from the facts now.</param>
/// <param name="Effects">All effects of the click, for writers that look at what else is asked of the same step.</param>
public sealed record EffectContext(LoadedRequest Request, Viewer? By, DateTimeOffset Now, DeadlinePlan Plan, IReadOnlyList<Effect> Effects);
