using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ClientConnect.Workflows.Notices;

/// <summary>What one run of sending came to.</summary>
/// <param name="Later">To be tried again.</param>
/// <param name="Dead">Given up; an operator sees them.</param>
/// <param name="ServerFailed">The mail server itself failed, and the run ended early.</param>
public sealed record SendingReport(int Sent, int Later, int Dead, bool ServerFailed)
{
    /// <summary>True where there may be more to send at once.</summary>
    public bool DidAnything => Sent + Dead > 0 && !ServerFailed;
}

/// <summary>
/// Sends what is due, oldest first, each request's notices to a person in their order. Several may run at once, on one host or
/// many: none takes what another has. A run that finds nothing due does nothing. A crash between sending and noting it sends that
/// one mail again, under the same message id; none is lost.
/// </summary>
public sealed class SendDueNotices(
    Npgsql.NpgsqlDataSource database, IMailSender sender, IMailTemplates templates, Composer composer, TimeProvider machine, ILogger<SendDueNotices> logger)
{
    private const int MostAtOnce = 50;

    // Short, and kept up while the sender lives: what a dead host had in hand leaves from another one within fifteen seconds.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan KeptUpEvery = Lease / 4;

    // A server that is slow to the limit takes 30 s for one mail: then others share what this run has taken.
    private static readonly TimeSpan LastStart = TimeSpan.FromMinutes(2);

    private readonly NoticeQueue queue = new(database);

    public async Task<SendingReport> RunAsync(DateTimeOffset machineNow, CancellationToken ct)
    {
        var started = machine.GetTimestamp();
        var taken = await queue.TakeAsync(machineNow, Lease, MostAtOnce, ct);
        var inHand = new ConcurrentDictionary<Guid, NoticeQueue.Taken>(taken.Select(n => KeyValuePair.Create(n.Id, n)));
        var (sent, later, dead, done) = (0, 0, 0, 0);
        using var over = new CancellationTokenSource();
        var keeping = taken.Count == 0 ? Task.CompletedTask : KeepAsync(inHand, over.Token);
        try
        {
            foreach (var notice in taken)
            {
                if (ct.IsCancellationRequested || machine.GetElapsedTime(started) > LastStart)
                {
                    break;
                }

                var delivery = await TryAsync(notice, ct);
                done++;
                var state = await NoteAsync(notice, delivery, inHand);
                sent += state == NoticeState.Sent ? 1 : 0;
                dead += state == NoticeState.Dead ? 1 : 0;
                later += state == NoticeState.Pending ? 1 : 0;
                if (delivery.Outcome is Delivery.ServerFailed failure)
                {
                    logger.LogWarning("The mail server failed, {Waiting} notices wait: {Why}", taken.Count - done, failure.Why);
                    return new SendingReport(sent, later, dead, ServerFailed: true);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops; what was not tried goes back below.
        }
        finally
        {
            await over.CancelAsync();
            await keeping;
            await queue.ReturnAsync([.. taken.Skip(done)], machine.GetUtcNow());
        }

        return new SendingReport(sent, later, dead, ServerFailed: false);
    }

    // A lease that can't be kept up runs out: another sender takes over, and what this one reports no longer counts.
    private async Task KeepAsync(ConcurrentDictionary<Guid, NoticeQueue.Taken> inHand, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(KeptUpEvery, machine, over);
                await queue.KeepAsync([.. inHand.Values], machine.GetUtcNow() + Lease);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Npgsql.NpgsqlException away)
        {
            logger.LogWarning(away, "The lease of {Count} notices can't be kept up", inHand.Count);
        }
    }

    private async Task<Attempted> TryAsync(NoticeQueue.Taken notice, CancellationToken ct)
    {
        try
        {
            if (templates.Find(notice.BundleHash, notice.Template, notice.Language) is not { } template)
            {
                return new Attempted(new Delivery.Refused($"There is no mail '{notice.Template}' in the release."), null);
            }

            var composed = composer.Compose(template, notice.Language, MailModel.Addressed(notice.Model, notice.RecipientName), templates.Layout(notice.BundleHash));
            if (composed.Mail is not { } mail)
            {
                var why = $"The mail '{notice.Template}' ({notice.Language}) can't be worded: {string.Join(" ", composed.Faults)}";
                return new Attempted(composed.RanOutOfTime ? new Delivery.Deferred(why) : new Delivery.Refused(why), null);
            }

            var outgoing = new OutgoingMail(notice.Id, notice.RecipientName, notice.Email, mail, machine.GetUtcNow());
            return new Attempted(await sender.SendAsync(outgoing, ct), mail.Subject);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // One notice that trips us up must not stop the others; it is retried, given up in the end, and seen.
            logger.LogError(bug, "Notice {Notice} could not be sent", notice.Id);
            return new Attempted(new Delivery.Deferred($"A fault of the portal: {bug.GetType().Name}"), null);
        }
    }

    /// <returns>The state that the notice is in now; null where another sender has taken it meanwhile.</returns>
    private async Task<NoticeState?> NoteAsync(NoticeQueue.Taken notice, Attempted attempted, ConcurrentDictionary<Guid, NoticeQueue.Taken> inHand)
    {
        inHand.TryRemove(notice.Id, out _);
        var now = machine.GetUtcNow();
        var (state, counts) = attempted.Outcome switch
        {
            Delivery.Accepted accepted => (NoticeState.Sent, await queue.SentAsync(notice, now, attempted.Subject ?? "", accepted.MessageId)),
            Delivery.Refused refused => (NoticeState.Dead, await queue.DeadAsync(notice, refused.Why)),
            Delivery.Deferred deferred => await LaterAsync(notice, now, deferred.Why, isServers: false),
            Delivery.ServerFailed failed => await LaterAsync(notice, now, failed.Why, isServers: true),
            _ => throw new InvalidOperationException($"No delivery ends as {attempted.Outcome}."),
        };
        if (!counts)
        {
            logger.LogWarning("Notice {Notice} took longer than its lease; another sender has it", notice.Id);
            return null;
        }

        if (state == NoticeState.Dead)
        {
            logger.LogError("Notice {Notice} ({Template}) is given up", notice.Id, notice.Template);
        }

        return state;
    }

    private async Task<(NoticeState State, bool Counts)> LaterAsync(NoticeQueue.Taken notice, DateTimeOffset now, string why, bool isServers) =>
        RetrySchedule.Next(notice.FirstAttemptAt, now, isServers, Chance()) is { } next
            ? (NoticeState.Pending, await queue.LaterAsync(notice, next, why, isMailboxs: !isServers))
            : (NoticeState.Dead, await queue.DeadAsync(notice, $"Tried in vain since {notice.FirstAttemptAt:u}: {why}"));

#pragma warning disable CA5394 // Spreads retries; nobody gains by guessing it.
    private static double Chance() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    /// <param name="Subject">Null where nothing was composed.</param>
    private sealed record Attempted(Delivery Outcome, string? Subject);
}
