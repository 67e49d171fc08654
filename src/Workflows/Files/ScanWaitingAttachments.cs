using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientConnect.Workflows.Files;

/// <summary>What one run of scanning came to.</summary>
/// <param name="IsSilent">The scanner gave no verdict on a file, and the run ended; it is asked about that file again in a minute.</param>
public sealed record ScanReport(int Clean, int Infected, bool IsSilent);

/// <summary>
/// The sweep's part of scanning: asks the scanner about files that wait, never inside somebody's click. Found infected, a file's
/// content is deleted in the same transaction; its name and digest stay as evidence. Two runs at once share the work.
/// </summary>
public sealed class ScanWaitingAttachments(NpgsqlDataSource database, IVirusScanner scanner, ILogger<ScanWaitingAttachments> logger)
{
    private const int MostAtOnce = 20;

    // Asked longer ago than this, whoever asked is gone or got no answer.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private const string TakeSql = """
        UPDATE files.attachment SET scanned_at = $1
        WHERE id IN (
          SELECT id FROM files.attachment
          WHERE scan = 'Waiting' AND (scanned_at IS NULL OR scanned_at <= $2)
          ORDER BY scanned_at NULLS FIRST, uploaded_at LIMIT 1
          FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    private const string ContentSql = "SELECT bytes FROM files.content WHERE attachment_id = $1";

    private const string CleanSql = "UPDATE files.attachment SET scan = 'Clean', scanned_at = $2 WHERE id = $1 AND scan = 'Waiting'";

    private const string InfectedSql = """
        WITH infected AS (UPDATE files.attachment SET scan = 'Infected', scanned_at = $2 WHERE id = $1 AND scan = 'Waiting' RETURNING id)
        DELETE FROM files.content WHERE attachment_id IN (SELECT id FROM infected)
        """;

    public async Task<ScanReport> RunAsync(DateTimeOffset machineNow, CancellationToken ct)
    {
        var report = new ScanReport(0, 0, IsSilent: false);
        if (!scanner.IsConfigured)
        {
            return report;
        }

        var now = machineNow.ToUniversalTime();
        for (var asked = 0; asked < MostAtOnce && await TakeAsync(now, ct) is { } id; asked++)
        {
            switch (await ScanAsync(id, now, ct))
            {
                case ScanVerdict.Clean:
                    report = report with { Clean = report.Clean + 1 };
                    break;
                case ScanVerdict.Infected:
                    report = report with { Infected = report.Infected + 1 };
                    break;
                case ScanVerdict.NotAnswering:
                    // The next would wait for the same silence. Files asked about before come last, so one that the scanner can't
                    // judge holds up none that it can.
                    return report with { IsSilent = true };
            }
        }

        return report;
    }

    /// <returns>Null where the file was removed meanwhile.</returns>
    private async Task<ScanVerdict?> ScanAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        if (await ContentAsync(id, ct) is not { } content)
        {
            return null;
        }

        var verdict = await scanner.ScanAsync(content, ct);
        switch (verdict)
        {
            case ScanVerdict.Clean:
                await RunAsync(CleanSql, id, now, ct);
                break;
            case ScanVerdict.Infected infected:
                await RunAsync(InfectedSql, id, now, ct);
                logger.LogWarning("Attachment {Attachment} was infected with {Signature}; its content is deleted", id, infected.Signature);
                break;
            case ScanVerdict.NotAnswering silent:
                logger.LogWarning("Attachment {Attachment} goes on waiting for the scan: {Why}", id, silent.Why);
                break;
        }

        return verdict;
    }

    private async Task<Guid?> TakeAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(TakeSql);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now - AskAgainAfter });
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    private async Task<byte[]?> ContentAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand(ContentSql);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    private async Task RunAsync(string sql, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        await command.ExecuteNonQueryAsync(ct);
    }
}
