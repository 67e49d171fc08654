using System.Globalization;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Mail;

namespace ClientConnect.Testing.Portal;

/// <summary>The audit that operators run after an incident, run after every fault of a test.</summary>
public static class World
{
    /// <summary>True where a run is to take its time: <c>./dev test --long</c>.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("LONG") == "1";

    /// <summary>Throws with the list of differences where there is one.</summary>
    /// <param name="acknowledged">"request key version" of each click that was answered with a yes.</param>
    /// <param name="mail">Null where no mail went over SMTP.</param>
    /// <param name="inFlight">How many mails a crash may have doubled.</param>
    public static Task<string> AuditAsync(TestDatabase database, CancellationToken ct, IEnumerable<string>? acknowledged = null, SmtpSink? mail = null, int inFlight = 0) =>
        AuditAsync(database.ConnectionString, ct, acknowledged, mail, inFlight);

    /// <inheritdoc cref="AuditAsync(TestDatabase, CancellationToken, IEnumerable{string}?, SmtpSink?, int)"/>
    public static async Task<string> AuditAsync(string connection, CancellationToken ct, IEnumerable<string>? acknowledged = null, SmtpSink? mail = null, int inFlight = 0)
    {
        var folder = Directory.CreateTempSubdirectory("client-connect-audit-");
        try
        {
            var file = Path.Combine(folder.FullName, "acknowledged");
            await File.WriteAllLinesAsync(file, acknowledged ?? [], ct);
            List<string> options = ["--acknowledged", file, "--in-flight", inFlight.ToString(CultureInfo.InvariantCulture)];
            if (mail is not null)
            {
                foreach (var (message, at) in mail.Messages.Select((m, at) => (m, at))) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{at}.eml"), message.Raw, ct);
                options.AddRange(["--mails", folder.FullName]);
            }

            return await HostProcess.RunVerbAsync("audit-the-world", Settings(connection), ct, [.. options]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Waits until a query gives null or zero, and says how long that took.</summary>
    public static async Task<TimeSpan> UntilNoneAsync(TestDatabase database, string sql, TimeSpan most)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await database.ValueAsync<long>(sql) is var left && left > 0)
        {
            if (TimeProvider.System.GetElapsedTime(started) > most) throw new TimeoutException($"After {most.TotalSeconds} seconds there are still {left}: {sql}");
            await Task.Delay(100);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    private static Dictionary<string, string> Settings(string connection) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ConnectionStrings__ClientConnect"] = connection,
    };
}
