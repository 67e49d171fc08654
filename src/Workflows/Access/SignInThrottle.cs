using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Slows down guessing that no single account sees: many accounts from one address, and addresses that belong to no account
/// (which must shut exactly like accounts that exist). In memory and per host: a hundred hosts would let through a hundred
/// times as much, which is still too little to guess with; what guards an account counts in the database.
/// </summary>
public sealed class SignInThrottle(TimeProvider machine)
{
    private const int PerAddress = 30;
    private const int InTotal = 100;
    private const int UnknownKept = 20_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Attempts> unknown = new(StringComparer.Ordinal);
    private Dictionary<string, int> byAddress = new(StringComparer.Ordinal);
    private DateTimeOffset windowEnds;
    private int total;

    /// <summary>
    /// Null where an attempt from that address is welcome; else why not. When failures come from everywhere at once, only
    /// addresses without a failure of their own are let in: a firm that types its password right is not shut out.
    /// </summary>
    internal TooManyAttempts? WhyNot(string? address)
    {
        lock (gate)
        {
            Roll();
            var own = byAddress.GetValueOrDefault(address ?? string.Empty);
            return own >= PerAddress || (total >= InTotal && own > 0) ? new TooManyAttempts(windowEnds - machine.GetUtcNow()) : null;
        }
    }

    internal void Failed(string? address)
    {
        lock (gate)
        {
            Roll();
            total++;
            byAddress[address ?? string.Empty] = byAddress.GetValueOrDefault(address ?? string.Empty) + 1;
        }
    }

    /// <summary>Counts an attempt on an address that is no account, by the rule that guards accounts.</summary>
    internal TooManyAttempts? CountUnknown(string email)
    {
        lock (gate)
        {
            var now = machine.GetUtcNow();
            var before = unknown.GetValueOrDefault(email);
            if (before.ShutUntil > now)
            {
                return new TooManyAttempts(before.ShutUntil - now);
            }

            if (unknown.Count >= UnknownKept)
            {
                unknown.Clear();
            }

            unknown[email] = new Attempts(before.Count + 1, now + AttemptRule.After(before.Count + 1));
            return null;
        }
    }

    private void Roll()
    {
        var now = machine.GetUtcNow();
        if (now >= windowEnds)
        {
            windowEnds = now + Window;
            byAddress = new Dictionary<string, int>(StringComparer.Ordinal);
            total = 0;
        }
    }

    private readonly record struct Attempts(int Count, DateTimeOffset ShutUntil);
}
