using System.Collections.Concurrent;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>The outbox of one test: puts notices in, sends with a sender of the test's choice, and looks at what came of them.</summary>
internal sealed class Outbox(TestDatabase database)
{
    public FakeTimeProvider Machine { get; } = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    public Mails Mails { get; } = new();

    public FakeSender Sender { get; } = new();

    public Composer Composer { get; set; } = new(new LiquidTemplates());

    public async Task<Guid> QueuesAsync(
        RequestId? request = null, int? sequence = null, string template = "returned", Viewer? to = null, string? model = null, string email = "maker@b09001.example",
        bool hasAccount = true)
    {
        var id = Guid.CreateVersion7();
        await using var db = await database.Contexts.CreateDbContextAsync();
        db.Add(new Notice
        {
            Id = id,
            RequestId = request,
            Sequence = sequence,
            Template = template,
            BundleHash = "hash",
            Language = "en",
            RecipientId = hasAccount ? (to ?? People.Maker).User : null,
            RecipientName = (to ?? People.Maker).Name,
            Email = email,
            Model = model ?? Mails.Model(number: sequence ?? 1),
            QueuedAt = Machine.GetUtcNow(),
            NextAttemptAt = Machine.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        return id;
    }

    public Task<SendingReport> SendsAsync(IMailSender? sender = null) =>
        new SendDueNotices(database.Source, sender ?? Sender, Mails, Composer, Machine, NullLogger<SendDueNotices>.Instance).RunAsync(Machine.GetUtcNow(), TestContext.Current.CancellationToken);

    public async Task<Notice> FindAsync(Guid id)
    {
        await using var db = await database.Contexts.CreateDbContextAsync();
        return await db.Set<Notice>().AsNoTracking().SingleAsync(n => n.Id == id);
    }

    /// <summary>Answers as the test says, and keeps what it accepted.</summary>
    internal sealed class FakeSender : IMailSender
    {
        public ConcurrentQueue<OutgoingMail> Accepted { get; } = new();

        public Func<OutgoingMail, Task<Delivery>>? Answer { get; set; }

        public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken ct)
        {
            var delivery = Answer is null ? new Delivery.Accepted($"{mail.Id}@test") : await Answer(mail);
            if (delivery is Delivery.Accepted)
            {
                Accepted.Enqueue(mail);
            }

            return delivery;
        }
    }
}
