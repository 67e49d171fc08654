using System.Collections.Concurrent;
using ClientConnect.Testing.Mail;

namespace ClientConnect.Testing.Portal;

/// <summary>
/// A running portal and everything around it, spoken to from outside only. <c>portal.As(Cast.Maker)</c> is a signed-in
/// person; the clock moves when a test moves it. In this process (quick) or as a process of its own (to be killed).
/// </summary>
public abstract class PortalUnderTest : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Account, Lazy<Task<Person>>> people = new();
    private ApiContract? contract;

    public abstract Uri Address { get; }

    /// <summary>Signs the account in, once per portal.</summary>
    public Task<Person> As(Account account) =>
        people.GetOrAdd(account, who => new Lazy<Task<Person>>(() => NewSessionAsync(who))).Value;

    /// <summary>Another session of the same account, as from another browser.</summary>
    public async Task<Person> NewSessionAsync(Account account)
    {
        var person = new Person(this, account);
        await person.SignInAsync();
        return person;
    }

    /// <summary>Somebody who has not signed in.</summary>
    public Person Stranger() => new(this, new Account("stranger@nowhere.example"));

    /// <summary>Sets the business clock: "2026-11-26 09:00", Hong Kong time.</summary>
    public async Task ClockMovesTo(string hongKong)
    {
        var answer = await Stranger().PostFormAsync("/dev/clock", new() { ["now"] = hongKong });
        if (!answer.IsSuccess && (int)answer.Status is not (302 or 303))
        {
            throw new InvalidOperationException($"The clock did not move to {hongKong}: {answer}");
        }
    }

    /// <summary>The portal's description of its API; null while it can't give one.</summary>
    internal async Task<ApiContract?> ContractAsync(HttpClient client)
    {
        if (contract is not null) return contract;
        using var response = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        return response.IsSuccessStatusCode ? contract = new ApiContract(System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!) : null;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Settings that make this portal send its mail to the sink.</summary>
    public static Dictionary<string, string> MailTo(SmtpSink sink) => new()
    {
        ["Mail__Host"] = SmtpSink.Host,
        ["Mail__Port"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
