using ClientConnect.Workflows.EServices;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// What a module adds to the facts of requests. It is read with the request, in the same statement, where the request's release speaks of it. What
/// people decide on (<see cref="RequestContent"/>) does not hold it: it may change from click to click.
/// </summary>
public interface IRequestFact
{
    /// <summary>What flows and rules call it.</summary>
    string Name { get; }

    /// <summary>An SQL expression over the request <c>r</c> that comes to JSON; null where there is nothing to say of this request.</summary>
    string Sql { get; }

    /// <summary>Whether anything of the release asks for it.</summary>
    bool IsOf(EServiceBundle bundle);
}
