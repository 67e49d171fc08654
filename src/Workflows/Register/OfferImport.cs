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
public sealed class OfferImport(IDbContextFactory<PortalDb> databases, ImportDesk desk, BusinessClock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

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

        var now = clock.GetUtcNow();
        var row = new ImportRow
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Name = clean,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Size = content.Length,
            Content = content,
            OfferedBy = viewer.User,
            OfferedAt = now,
        };
        await using var db = await databases.CreateDbContextAsync(ct);
        var over = now - Kept;
        await db.Set<ImportRow>().Where(i => i.ImportedAt == null && i.OfferedAt < over).ExecuteDeleteAsync(ct);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return row.Id;
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
