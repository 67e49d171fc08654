using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>Reads a file of entries and holds it against the register: what looking at it shows and what confirming it does are the same.</summary>
public sealed class ImportDesk(IDbContextFactory<PortalDb> databases, IRegisterKinds kinds, FirmDirectory directory, BusinessClock clock)
{
    /// <summary>What a file of that kind may bring; refused where no file may.</summary>
    internal Result<ImportFormat> FormatOf(Viewer viewer, string kind) =>
        PermissionTable.Allows(viewer, Permission.ImportRegister) && FormatOf(kind) is { } format ? format : new NothingHere();

    private ImportFormat? FormatOf(string kind) => CalendarFiles.MarketOf(kind) is { } market ? CalendarFiles.FormatOf(market) : kinds.All().GetValueOrDefault(kind)?.Fed;

    /// <summary>The file as entries, and what is wrong with it.</summary>
    internal async Task<Result<OfferedFile>> ReadAsync(Viewer viewer, ImportFormat format, byte[] content, CancellationToken ct)
    {
        var table = CsvTable.Read(content);
        if (table.IsRefused) return table.Refusal;
        var firms = (await directory.FirmsAsync(viewer, ct)).SelectMany(f => f.Memberships.Select(m => (m.Id, Firm: f.Id))).ToDictionary(m => m.Id.Value, m => m.Firm, StringComparer.Ordinal);
        return new ImportReader(format, firms.Keys.ToHashSet(StringComparer.Ordinal)).Read(table.Value).Then<OfferedFile>(reading => new OfferedFile(reading, firms));
    }

    internal async Task<ImportComparison> CompareAsync(string kind, ImportFormat format, OfferedFile file, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var lastDay = kinds.All().GetValueOrDefault(kind)?.LastDay;
        return ImportComparison.Of(
            format, file.Reading, await db.Set<EntryRow>().AsNoTracking().Where(e => e.Kind == kind && e.ValidTo == null).ToListAsync(ct),
            values => lastDay is not null && LastDays.Of(values[lastDay]) is { } day && LastDays.IsOver(day, now));
    }

    /// <param name="Firms">By the id of each membership.</param>
    internal sealed record OfferedFile(ImportReading Reading, IReadOnlyDictionary<string, FirmId> Firms);
}
