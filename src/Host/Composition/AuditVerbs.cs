using System.Globalization;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Host.Composition;

/// <summary><c>audit-the-world</c>: names every difference between what is stored and what must be; 0 where there is none.</summary>
internal sealed class AuditTheWorldVerb(string[] arguments) : Verbs
{
    private const string Usage =
        """
        audit-the-world [options]: checks that all that is stored fits together; names every difference and ends with 1 where there is one.
          --acknowledged <file>      lines "request key version" of clicks that were answered with a yes ("-" for no key): each must be stored
          --publish-heads <file>     writes the head of each request's chain; keep the file where nobody who can change the database can change it
          --published-heads <file>   compares with a file that was written so
          --mails <folder>           the mails that arrived, as .eml files: each notice that counts as sent must be among them, once
          --in-flight <number>       how many mails may have arrived twice, each cut off by a crash
        """;

    public override async Task<int> RunAsync(WebApplication app)
    {
        if (Options() is not { } options)
        {
            Say(Usage);
            return 2;
        }

        foreach (var fault in await app.Services.GetRequiredService<Preparation>().ReadReleasesAsync(CancellationToken.None)) Say($"A release can't be read: {fault}");
        var report = await app.Services.GetRequiredService<AuditTheWorld>().HandleAsync(await EvidenceAsync(options), CancellationToken.None);
        if (options.GetValueOrDefault("--publish-heads") is { } file) await PublishAsync(app.Services, file);
        foreach (var difference in report.Differences) Say(difference.ToString());
        Say(string.Create(CultureInfo.InvariantCulture, $"{report.Differences.Count} differences in {report.Requests} requests, {report.Events} events, {report.Notices} notices."));
        return report.Differences.Count == 0 ? 0 : 1;
    }

    private Dictionary<string, string>? Options()
    {
        string[] known = ["--acknowledged", "--publish-heads", "--published-heads", "--mails", "--in-flight"];
        var pairs = arguments.Chunk(2).ToList();
        return pairs.TrueForAll(p => p.Length == 2 && known.Contains(p[0])) ? pairs.ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal) : null;
    }

    private static async Task<AuditEvidence> EvidenceAsync(Dictionary<string, string> options)
    {
        var acknowledged = from line in await LinesAsync(options, "--acknowledged") select new AcknowledgedClick(IdOf(line[0]), line[1] == "-" ? null : line[1], line[2]);
        var heads = from line in await LinesAsync(options, "--published-heads") select new PublishedHead(IdOf(line[0]), int.Parse(line[1], CultureInfo.InvariantCulture), line[2]);
        var mails = options.GetValueOrDefault("--mails") is { } folder ? FolderMailSender.MessageIdsIn(folder) : null;
        return new AuditEvidence([.. acknowledged], [.. heads], mails, int.Parse(options.GetValueOrDefault("--in-flight", "0"), CultureInfo.InvariantCulture));
    }

    private static async Task<IEnumerable<string[]>> LinesAsync(Dictionary<string, string> options, string option) =>
        options.GetValueOrDefault(option) is not { } file ? [] : (await File.ReadAllLinesAsync(file)).Where(l => l.Length > 0).Select(l => l.Split(' ') is { Length: 3 } parts
            ? parts
            : throw new InvalidOperationException($"{file}: '{l}' is not three words."));

    private static RequestId IdOf(string text) => RequestId.From(text) ?? throw new InvalidOperationException($"'{text}' is no request's id.");

    private static async Task PublishAsync(IServiceProvider services, string file)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var heads = await AuditHeads.AllAsync(db, CancellationToken.None);
        await File.WriteAllLinesAsync(file, heads.Where(h => h.Value.Hash is not null).Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Key} {h.Value.Sequence} {Convert.ToHexStringLower(h.Value.Hash!)}")));
    }
}
