using System.Text;

namespace ClientConnect.Workflows.Kernel;

/// <summary>What a refusal means to whoever asked; each kind has one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>It does not exist, or it does not exist for this viewer (404).</summary>
    NotFound,

    /// <summary>The viewer sees it but may not do this (403).</summary>
    NotAllowed,

    /// <summary>The state has moved on, or somebody else was first (409).</summary>
    Conflict,

    /// <summary>The version that the caller saw is no longer the current one (412).</summary>
    Stale,

    /// <summary>What was sent can't be accepted as it is; field faults say where (422).</summary>
    Invalid,

    /// <summary>The caller must say which version it saw (428).</summary>
    VersionRequired,

    /// <summary>Too many attempts; try later (429).</summary>
    TooMany,

    /// <summary>Larger than is accepted (413).</summary>
    TooLarge,

    /// <summary>Of a type that is not accepted (415).</summary>
    Unsupported,
}

/// <summary>
/// An expected no: a record named as a sentence (<c>DeadlineHasPassed</c>). Its code is the name in kebab-case and never
/// changes; the words that people read stand in the host's resources under that code, with what to do next.
/// </summary>
public abstract record Refusal(RefusalKind Kind)
{
    /// <summary>Stable code, for example <c>deadline-has-passed</c>.</summary>
    public string Code => KebabCase(GetType().Name);

    /// <summary>The places in what was sent that are at fault; empty where the refusal is about something else.</summary>
    public virtual IReadOnlyList<FieldFault> Fields => [];

    /// <summary>Values that the words need, by name (<c>{until}</c>); empty where they need none.</summary>
    public virtual IReadOnlyDictionary<string, string> Arguments => System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    private static string KebabCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

/// <summary>
/// One thing that is wrong at one place of what was sent.
/// </summary>
/// <param name="Path">Where: <c>contactEmail</c>, <c>lines[2].quantity</c>; empty for the whole.</param>
/// <param name="Code">Stable code of the fault (<c>required</c>, <c>too-long</c>); the host's resources hold its words.</param>
/// <param name="Words">The eService's own words for it; null where the resources' words serve.</param>
/// <param name="Arguments">Values that the resources' words need, by name; null where they need none.</param>
public sealed record FieldFault(string Path, string Code, LocalText? Words = null, IReadOnlyDictionary<string, string>? Arguments = null);

/// <summary>It does not exist, or not for this viewer: the two can't be told apart on purpose.</summary>
public sealed record NothingHere() : Refusal(RefusalKind.NotFound);

/// <summary>The viewer has no right to do this; <paramref name="Reason"/> is a stable code that says which rule.</summary>
public sealed record NotYoursToDo(string Reason) : Refusal(RefusalKind.NotAllowed)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["reason"] = Reason };
}

/// <summary>What was sent is at fault in the places named by <see cref="Refusal.Fields"/>.</summary>
public sealed record AnswersAreIncomplete(IReadOnlyList<FieldFault> Faults) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => Faults;
}
