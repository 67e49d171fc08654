using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>The clearing house took it back.</summary>
public sealed record FileWasWithdrawn() : Refusal(RefusalKind.Conflict);

/// <summary>Nothing was chosen.</summary>
public sealed record NoFileIsChosen() : Refusal(RefusalKind.Invalid);

/// <summary>More were chosen than go into one archive.</summary>
public sealed record TooManyFilesAtOnce(int Most) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["most"] = Most.ToString(CultureInfo.InvariantCulture) };
}
