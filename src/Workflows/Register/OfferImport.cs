using System.Security.Cryptography;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Takes a file of entries to be looked at: the register stays as it is until it is confirmed (<see cref="ConfirmImport"/>). What can't be
/// read as a whole is refused and not kept; a file with single lines at fault is kept, so that they can be read.
/// </summary>
public sealed class OfferImport(IDbContextFactory<PortalDb> databases, ClickConnection connection, ImportDesk desk, CalendarDesk calendars, ImportDeeds deeds, BusinessClock clock)
{
    private const string Remove = "DELETE FROM register.import WHERE id = ANY ($1) AND imported_at IS NULL";

    private const string Keep =
        """
        INSERT INTO register.import (id, kind, name, sha256, size, content, offered_by, offered_at, begun, changed, ended, stayed, left_out)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0)
        """;

    /// <param name="name">As the browser sent it.</param>
    /// <returns>The import's id.</returns>
    public async Task<Result<Guid>> HandleAsync(Viewer viewer, string kind, string name, Stream file, CancellationToken ct)
    {
        var format = desk.FormatOf(viewer, kind);
        if (format.IsRefused) return format.Refusal;
        if (NameOf(name) is not { } clean) return new FileIsNotCsv(1);
        if (await ReadAsync(file, ct) is not { } content) return new ImportIsTooLarge(CsvTable.MostMegabytes, CsvTable.MostLines);
        var reading = await desk.ReadAsync(viewer, format.Value, content, ct);
        if (reading.IsRefused) return reading.Refusal;

        var import = new RegisterImport(
            Guid.CreateVersion7(), kind, clean, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, viewer.User, clock.GetUtcNow(), null, null, new ImportCounts(0, 0, 0, 0, 0));
        var isAsked = CalendarFiles.MarketOf(kind) is { } market && await calendars.WantsConfirmingAsync(market, reading.Value.Reading, ct);
        var notice = isAsked ? await deeds.NoticeAsync(ImportNews.Waits, import, viewer, import.OfferedAt, ct) : null;
        var over = await OverAsync(import.OfferedAt, ct);
        await connection.WriteAsync(batch => Write(batch, import, content, over, notice), ct);
        return import.Id;
    }

    private void Write(ClickBatch batch, RegisterImport import, byte[] content, Guid[] over, ImportNotice? notice)
    {
        if (over.Length > 0)
        {
            batch.Add(Remove, over);
            deeds.AddEndTo(batch, over, import.OfferedAt);
        }

        batch.Add(Keep, import.Id, import.Kind, import.Name, import.Sha256, import.Size, content, import.OfferedBy.Value, import.OfferedAt);
        deeds.AddTo(batch, notice);
    }

    // Nobody has confirmed them, and nobody will.
    private async Task<Guid[]> OverAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var waiting = await RegisterImports.Read(db.Set<ImportRow>().Where(i => i.ImportedAt == null)).ToListAsync(ct);
        return [.. waiting.Where(i => i.KeptUntil < now).Select(i => i.Id)];
    }

    // Shown and never a path; null where it is none of a CSV file.
    private static string? NameOf(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return last.Length is > 4 and <= 200 && last.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !last.Any(char.IsControl) ? last : null;
    }

    // Null where there is more than may be, whatever was announced.
    private static async Task<byte[]?> ReadAsync(Stream file, CancellationToken ct)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = await file.ReadAsync(buffer, ct); read > 0; read = await file.ReadAsync(buffer, ct))
        {
            if (content.Length + read > CsvTable.MostMegabytes * 1024 * 1024) return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
