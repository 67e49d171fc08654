using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Mail;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Testing;

/// <summary>The fixture of a test class: a host in this process on the demonstration market, and the mail server that it writes to.</summary>
public sealed class PortalWithMail : IAsyncLifetime
{
    /// <summary>The eService that the stories of these tests are about.</summary>
    public const string Exemption = "set-1-buy-in-exemption";

    private PortalHost? portal;

    public DemonstrationDatabase Database { get; } = new();

    public SmtpSink Mail { get; } = new();

    public PortalHost Portal => portal ?? throw new InvalidOperationException("The portal is started by InitializeAsync; use the class as a fixture.");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        portal = await PortalHost.StartAsync(Database, PortalUnderTest.MailTo(Mail));
    }

    public Task<Person> As(Account account) => Portal.As(account);

    /// <summary>A request that waits for the firm's checker.</summary>
    public async Task<string> Sent(Account? maker = null) => await (await As(maker ?? Cast.Maker)).Sends(Exemption);

    /// <summary>A request that waits for a reviewer.</summary>
    public async Task<string> Submitted()
    {
        var request = await Sent();
        (await (await As(Cast.Checker)).Approves(request)).Accepted();
        return request;
    }

    /// <summary>A request that waits for an approver; <see cref="Cast.Reviewer"/> has reviewed it.</summary>
    public async Task<string> Reviewed()
    {
        var request = await Submitted();
        (await (await As(Cast.Reviewer)).Approves(request)).Accepted();
        return request;
    }

    /// <summary>All that a refused call may not change, as one text.</summary>
    public async Task<string> Stored(string request)
    {
        await using var command = Database.Source.CreateCommand(
            """
            SELECT concat_ws(' ', r.status, r.sequence, r.draft_revision, r.revision, md5(r.answers::text), md5(coalesce(r.draft::text, '')), r.membership_id, r.firm_id,
              (SELECT count(*) FROM events.event e WHERE e.request_id = r.id), (SELECT count(*) FROM notices.notice n WHERE n.request_id = r.id),
              (SELECT string_agg(concat_ws(',', t.id, t.is_open, t.claimed_by), ';' ORDER BY t.id) FROM inbox.task t WHERE t.request_id = r.id),
              (SELECT count(*) FROM files.attachment a WHERE a.request_id = r.id), (SELECT count(*) FROM requests.message m WHERE m.request_id = r.id))
            FROM requests.service_request r WHERE r.id = $1
            """);
        command.Parameters.Add(new() { Value = Guid.Parse(request) });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null)
        {
            await portal.DisposeAsync();
        }

        var givenUp = await Database.ValueAsync<string>("SELECT string_agg(concat_ws(' ', template, language, last_error), '; ') FROM notices.notice WHERE state = 'Dead'");
        await Database.DisposeAsync();
        await Mail.DisposeAsync();
        if (givenUp is not null)
        {
            throw new InvalidOperationException($"The mail server takes everything, and yet mails were given up: {givenUp}");
        }
    }
}

/// <summary>Short words for what tests read from answers.</summary>
internal static class Reading
{
    public static string Text(this JsonNode? node, string name) => node![name]!.GetValue<string>();

    public static string Id(this Answer answer) => answer.Accepted().Json.Text("id");
}
