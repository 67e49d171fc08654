using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>Wrong password, unknown address or disabled account: the three can't be told apart on purpose.</summary>
public sealed record EmailOrPasswordIsWrong() : Refusal(RefusalKind.Invalid);

/// <summary>The code of the authenticator is wrong, or was used already.</summary>
public sealed record CodeIsWrong() : Refusal(RefusalKind.Invalid);

/// <summary>The password was right, but that was too long ago: begin again.</summary>
public sealed record SignInHasTimedOut() : Refusal(RefusalKind.NotAllowed);

/// <summary>Too many attempts: this one was not looked at. The same for accounts that exist and that don't.</summary>
/// <param name="Wait">Until the next attempt is looked at.</param>
public sealed record TooManyAttempts(TimeSpan Wait) : Refusal(RefusalKind.TooMany)
{
    public int Minutes => Math.Max(1, (int)Math.Ceiling(Wait.TotalMinutes));

    public override IReadOnlyDictionary<string, string> Arguments =>
        new Dictionary<string, string> { ["minutes"] = Minutes.ToString(CultureInfo.InvariantCulture) };
}
