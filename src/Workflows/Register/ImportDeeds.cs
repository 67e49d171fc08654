using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Whom it concerns what becomes of a calendar's file: whoever could confirm it is asked, whoever offered it is told. Nobody is told what
/// they did themselves, and files of entries are nobody's news: who uploads one confirms it.
/// </summary>
public sealed class ImportDeeds(IDbContextFactory<PortalDb> databases, IImportNotices notices)
{
    /// <summary>What the deed's batch is to tell; null where it is nobody's news.</summary>
    internal async Task<ImportNotice?> NoticeAsync(ImportNews news, RegisterImport import, Viewer by, DateTimeOffset at, CancellationToken ct)
    {
        if (CalendarFiles.MarketOf(import.Kind) is not { } market) return null;
        var to = news == ImportNews.Waits ? await AbleAsync(import.OfferedBy, ct) : await AuthorAsync(import.OfferedBy, by, ct);
        return new ImportNotice(news, import.Id, market, import.Name, by.Name, at, to);
    }

    /// <summary>Who could confirm a calendar that this person offered.</summary>
    internal async Task<IReadOnlyList<ContactPerson>> AbleAsync(UserId offeredBy, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return [.. (await PeopleToTell.WithAsync(db, Permission.ImportRegister, ct)).Where(p => p.User != offeredBy)];
    }

    internal void AddTo(ClickBatch batch, ImportNotice? notice)
    {
        if (notice is { To.Count: > 0 }) notices.AddTo(batch, notice);
    }

    internal void AddEndTo(ClickBatch batch, IReadOnlyCollection<Guid> imports, DateTimeOffset at) => notices.AddEndTo(batch, imports, at);

    private async Task<IReadOnlyList<ContactPerson>> AuthorAsync(UserId offeredBy, Viewer by, CancellationToken ct)
    {
        if (offeredBy == by.User) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PeopleToTell.TheseAsync(db, [offeredBy], ct);
    }
}
