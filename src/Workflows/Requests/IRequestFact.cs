namespace ClientConnect.Workflows.Requests;

/// <summary>
/// What a module adds to the facts of requests. It is read with every request, in the same statement: whoever decides by it spends no round
/// trip of its own. What people decide on (<see cref="RequestContent"/>) does not hold it: it may change from click to click.
/// </summary>
public interface IRequestFact
{
    /// <summary>What flows and rules call it.</summary>
    string Name { get; }

    /// <summary>An SQL expression over the request <c>r</c> that comes to JSON; null where there is nothing to say of this request.</summary>
    string Sql { get; }
}
