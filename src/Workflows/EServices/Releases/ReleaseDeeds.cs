using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// Records what was done to a proposal and tells those whom it concerns, all in the transaction of the deed; the entry says whom it told.
/// Nobody is told what they did themselves.
/// </summary>
public sealed class ReleaseDeeds(Catalogue catalogue, IProposalNotices notices)
{
    /// <param name="by">Null where a host's start did it.</param>
    /// <param name="data">What the entry says beside whom it told.</param>
    /// <param name="told">What is told of which proposals, in the order in which it is told.</param>
    internal async Task AddAsync(PortalDb db, ReleaseHappening what, DateTimeOffset at, Viewer? by, JsonObject data, IReadOnlyList<Telling> told, CancellationToken ct)
    {
        var people = new List<IReadOnlyList<ContactPerson>>();
        foreach (var telling in told) people.Add(await WhomAsync(db, telling, by, ct));
        data["told"] = new JsonArray([.. told.Zip(people, Entry)]);
        var eService = told[0].Of.EService;
        var sequence = await ReleaseRecord.AddAsync(db, eService, what, at, by?.User, data, ct);
        var service = told[0].Service ?? catalogue.InForce(eService, at)?.Service;
        foreach (var (telling, to) in told.Zip(people))
        {
            notices.Add(db, new ProposalNotice(
                telling.News, telling.Of.Id, sequence, at, service?.Id ?? eService, service?.Name ?? new LocalText(eService), by?.Name, telling.Words is { Length: > 0 } words ? words : null, telling.From, to));
        }
    }

    // Who could release it is asked; what became of it is told to those who made it.
    private static async Task<IReadOnlyList<ContactPerson>> WhomAsync(PortalDb db, Telling telling, Viewer? by, CancellationToken ct)
    {
        var makers = telling.Of.Editors.Select(e => new UserId(e)).Concat(telling.Of.ProposedBy is { } author ? [author] : []).ToHashSet();
        if (telling.News == ProposalNews.Waits) return [.. (await PeopleToTell.WithAsync(db, Permission.EditEServices, ct)).Where(p => !makers.Contains(p.User))];
        var concerned = makers.Concat(telling.And is { } other ? [other] : []).Where(p => p != by?.User).Distinct().ToList();
        return await PeopleToTell.TheseAsync(db, concerned, ct);
    }

    private static JsonObject Entry(Telling telling, IReadOnlyList<ContactPerson> people) => new()
    {
        ["proposal"] = telling.Of.Id.ToString(),
        ["news"] = telling.News.ToString().ToLowerInvariant(),
        ["people"] = new JsonArray([.. people.Select(p => (JsonNode)p.User.ToString())]),
    };

    /// <summary>What is told of a proposal.</summary>
    internal sealed record Telling(ProposalNews News, ReleaseProposalRow Of)
    {
        public string? Words { get; init; }

        public DateTimeOffset? From { get; init; }

        /// <summary>Somebody whom it concerns too; null for nobody.</summary>
        public UserId? And { get; init; }

        /// <summary>The eService where it may not be in force yet.</summary>
        public EServiceDefinition? Service { get; init; }
    }
}
