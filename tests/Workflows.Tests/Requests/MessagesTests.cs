using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samples = ClientConnect.Workflows.Tests.Files.Samples;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>What a firm and the clearing house write to each other about a request: who writes, who reads, who is told, and that it stays.</summary>
public sealed class MessagesTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_read_what_was_written_in_order_a_firm_by_part_and_the_clearing_house_by_name()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Maker, id, "  When is it\r\ndecided?  ");
        await Sends(desk, Desk.Reviewer, id, "Today.");
        await Sends(desk, Desk.Checker, id, "Thank you.");

        var own = await Reads(desk, "maker2@b09001.example", id);
        var house = await Reads(desk, Desk.Approver, id);

        Assert.Equal([(1, "When is it\ndecided?"), (2, "Today."), (3, "Thank you.")], own.Select(m => (m.Number, m.Text)));
        Assert.Equal([("maker", $"Name of {Desk.Maker}"), ("reviewer", null), ("checker", $"Name of {Desk.Checker}")], own.Select(m => (m.By.Role, m.By.Name)));
        Assert.Equal([$"Name of {Desk.Maker}", $"Name of {Desk.Reviewer}", $"Name of {Desk.Checker}"], house.Select(m => m.By.Name));
        Assert.Equal([false, true, false], house.Select(m => m.IsFromHouse));
    }

    [Theory]
    [InlineData("reader@b09001.example", "views-only")]
    [InlineData("auditor@clearing.example", "reads-only")]
    public async Task Who_may_only_read_reads_and_does_not_write(string who, string why)
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Maker, id, "A question.");
        var rows = await desk.AllRowsAsync();

        Assert.Equal(why, Assert.IsType<NotYoursToDo>((await Tries(desk, who, id, "An answer.")).Refusal).Reason);
        Assert.Equal(rows, await desk.AllRowsAsync());
        Assert.Single(await Reads(desk, who, id));
    }

    [Theory]
    [InlineData("maker@b09002.example")]
    [InlineData("checker@b09002.example")]
    [InlineData("elsewhere@b09001.example")]
    [InlineData("da@b09001.example")]
    [InlineData("analyst@clearing.example")]
    [InlineData("administrator@clearing.example")]
    public async Task For_all_others_there_is_nothing(string who)
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Maker, id, "A question.");

        Assert.IsType<NothingHere>((await Tries(desk, who, id, "An answer.")).Refusal);
        Assert.Empty(await desk.Get<MessagesOf>().ReadAsync(await desk.As(who), (await desk.Sees(Desk.Maker, id))!, Ct));
        Assert.Empty(await desk.Get<MessagesOf>().CountNewAsync(await desk.As(who), [id], Ct));
    }

    [Fact]
    public async Task There_is_nobody_to_write_to_before_the_clearing_house_has_it_and_after_its_end_there_is()
    {
        var desk = await DeskAsync();
        var id = await desk.Draft();
        Assert.IsType<NotWithTheClearingHouseYet>((await Tries(desk, Desk.Maker, id, "Anybody?")).Refusal);
        await desk.Submits(Desk.Maker, id);
        Assert.IsType<NotWithTheClearingHouseYet>((await Tries(desk, Desk.Maker, id, "Anybody?")).Refusal);
        Assert.IsType<NothingHere>((await Tries(desk, Desk.Reviewer, id, "Anybody?")).Refusal);

        await desk.Decides(Desk.Checker, id);
        await desk.Withdraws(Desk.Maker, id);

        await Sends(desk, Desk.Maker, id, "Taken back: it was delivered.");
        await Sends(desk, Desk.Reviewer, id, "Noted.");
        Assert.Equal(2, (await Reads(desk, Desk.Maker, id)).Count);
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData(" \n ", "required")]
    [InlineData("a\u0000b", "control-characters")]
    [InlineData("a\u001bb", "control-characters")]
    [InlineData("a\u202etxt", "control-characters")]
    public async Task It_says_something_that_can_be_read(string text, string code)
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();

        Assert.Equal([("text", code)], (await Tries(desk, Desk.Maker, id, text)).Refusal.Fields.Select(f => (f.Path, f.Code)));
    }

    [Fact]
    public async Task It_is_as_long_as_the_limit_at_most()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();

        Assert.Equal("too-long", (await Tries(desk, Desk.Maker, id, new string('x', SendMessage.MaxText + 1))).Refusal.Fields.Single().Code);
        await Sends(desk, Desk.Maker, id, new string('x', SendMessage.MaxText));
    }

    [Fact]
    public async Task The_same_operation_writes_and_tells_once_and_another_under_its_key_is_refused()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Tries(desk, Desk.Maker, id, "Once.", Desk.Key("once"))));
        var rows = await desk.AllRowsAsync();

        Assert.Single(all.Select(r => r.Value).Distinct());
        Assert.Equal(all[0].Value, (await Tries(desk, Desk.Maker, id, "Once.", Desk.Key("once"))).Value);
        Assert.IsType<OperationKeyWasUsedForSomethingElse>((await Tries(desk, Desk.Maker, id, "Twice.", Desk.Key("once", "other"))).Refusal);
        Assert.Equal(rows, await desk.AllRowsAsync());
        Assert.Single(await Reads(desk, Desk.Reviewer, id));
    }

    [Fact]
    public async Task Many_at_once_are_numbered_without_a_gap_and_move_nothing()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        var before = (await desk.Sees(Desk.Reviewer, id))!.Version;

        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Sends(desk, n % 2 == 0 ? Desk.Maker : Desk.Reviewer, id, $"Number {n}.")));

        Assert.Equal(Enumerable.Range(1, 12), (await Reads(desk, Desk.Maker, id)).Select(m => m.Number));
        Assert.Equal(before, (await desk.Sees(Desk.Reviewer, id))!.Version);
    }

    [Fact]
    public async Task What_was_written_in_between_is_no_part_of_what_is_decided_on()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        await desk.Claims(Desk.Reviewer, id);
        var seen = (await desk.Get<ClientConnect.Workflows.Inbox.ReadTask>().HandleAsync(await desk.As(Desk.Reviewer), await desk.TaskOf(id), Ct)).Value.ContentHash;

        await Sends(desk, Desk.Maker, id, "One thing more.", null, ("more.pdf", Samples.Pdf));

        Assert.False((await desk.Decides(Desk.Reviewer, id, seen: seen)).IsRefused);
    }

    [Fact]
    public async Task A_row_of_a_message_is_never_changed_or_removed()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Maker, id, "As it was said.");

        foreach (var sql in new[] { "UPDATE requests.message SET text = 'Otherwise.'", "DELETE FROM requests.message", "TRUNCATE requests.message" })
        {
            await Assert.ThrowsAsync<PostgresException>(() => database.Rows.OwnerRunsAsync(sql));
        }
    }

    [Fact]
    public async Task A_firms_message_is_told_to_who_has_claimed_the_task_else_to_the_team()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        var first = await Sends(desk, Desk.Maker, id, "Secret words.");
        await desk.Claims(Desk.Reviewer, id);
        var second = await Sends(desk, Desk.Maker, id, "Secret words.");

        Assert.Equal(
            ["approver2@clearing.example", "approver@clearing.example", "both@clearing.example", "reviewer2@clearing.example", "reviewer@clearing.example"], await Told(first, MessageNotices.ToHouse));
        Assert.Equal([Desk.Reviewer], await Told(second, MessageNotices.ToHouse));
        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE request_id = $1 AND model::text LIKE '%Secret%'", id.Value));
    }

    [Fact]
    public async Task The_clearing_houses_message_is_told_to_who_had_it_in_hand_else_to_those_with_the_right()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        var first = await Sends(desk, Desk.Reviewer, id, "A question.");
        Assert.Equal([Desk.Checker, Desk.Maker], await Told(first, MessageNotices.ToFirm));

        await using var own = await DeskDatabase.CreateAsync();
        var (left, there) = (await Desk.AtAsync(own, add: Services), new DeskDatabase[] { own });
        var other = await left.WithClearingHouse();
        await own.Rows.OwnerRunsAsync("UPDATE access.user_account SET is_disabled = true WHERE email IN ($1, $2)", Desk.Maker, Desk.Checker);
        var second = await Sends(left, Desk.Reviewer, other, "A question.");
        Assert.Equal(["both@b09001.example", "checker2@b09001.example", "maker2@b09001.example"], await Told(second, MessageNotices.ToFirm, there[0]));
    }

    [Fact]
    public async Task New_is_what_the_other_side_wrote_since_one_last_looked()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Reviewer, id, "One.");
        await Sends(desk, Desk.Maker, id, "Two.");
        await Sends(desk, Desk.Reviewer, id, "Three.");
        Assert.Equal(2, await New(desk, Desk.Maker, id));
        Assert.Equal([true, false, true], (await Reads(desk, Desk.Maker, id)).Select(m => m.IsNew));

        await Looks(desk, Desk.Maker, id);
        Assert.Equal((0, 2, 1), (await New(desk, Desk.Maker, id), await New(desk, Desk.Checker, id), await New(desk, Desk.Reviewer, id)));

        await Sends(desk, Desk.Reviewer, id, "Four.");
        Assert.Equal(1, await New(desk, Desk.Maker, id));
    }

    [Fact]
    public async Task Its_files_are_its_own_scanned_before_anybody_has_them_and_seen_by_who_sees_the_request()
    {
        var scanner = new FakeScanner();
        var desk = await DeskAsync(scanner);
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Reviewer, id, "Please sign.", null, ("form.pdf", Samples.Pdf), ("form.png", Samples.Png(10, 10)));
        var (pdf, png) = ((await Reads(desk, Desk.Maker, id)).Single().Files[0], (await Reads(desk, Desk.Maker, id)).Single().Files[1]);
        Assert.Equal(["form.pdf", "form.png"], [pdf.Name, png.Name]);
        foreach (var who in new[] { Desk.Maker, Desk.Reviewer, Desk.Approver })
        {
            Assert.IsType<FileIsWaitingForTheScan>((await Fetches(desk, who, pdf.Id)).Refusal);
        }

        await desk.Get<ScanWaitingAttachments>().RunAsync(desk.Machine.GetUtcNow(), Ct);

        Assert.Equal(Samples.Pdf, (await Fetches(desk, Desk.Maker, pdf.Id)).Value.Bytes);
        Assert.Equal(Samples.Pdf, (await Fetches(desk, "auditor@clearing.example", pdf.Id)).Value.Bytes);
        Assert.IsType<NothingHere>((await Fetches(desk, "maker@b09002.example", pdf.Id)).Refusal);
        Assert.IsType<FilesAreFixed>((await desk.Get<RemoveAttachment>().HandleAsync(await desk.As(Desk.Maker), pdf.Id, Ct)).Refusal);
        Assert.Empty((await desk.Get<AttachmentsOf>().ReadAsync(await desk.As(Desk.Maker), id, Ct)).Value);
    }

    [Fact]
    public async Task A_file_that_is_not_taken_keeps_the_message_from_being_sent()
    {
        var desk = await DeskAsync();
        var id = await desk.WithClearingHouse();
        var rows = await desk.AllRowsAsync();

        Assert.IsType<FileTypeIsNotAccepted>((await Tries(desk, Desk.Maker, id, "See this.", null, ("run.exe", Samples.Pdf))).Refusal);
        Assert.IsType<FileContentIsNotItsType>((await Tries(desk, Desk.Maker, id, "See this.", null, ("a.pdf", Samples.Png(1, 1)))).Refusal);
        Assert.IsType<TooManyFiles>((await Tries(desk, Desk.Maker, id, "See these.", null, [.. Enumerable.Range(0, 4).Select(n => ($"{n}.pdf", Samples.Pdf))])).Refusal);
        Assert.Equal(rows, await desk.AllRowsAsync());
    }

    [Theory]
    [InlineData("has a gap", "UPDATE requests.message SET number = 7 WHERE number = 2")]
    [InlineData("not of that side", "UPDATE requests.message SET is_from_house = true WHERE number = 1")]
    [InlineData("not of that side", "UPDATE requests.message SET user_id = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE number = 1")]
    [InlineData("before the clearing house had it", "UPDATE requests.service_request SET submitted_at = NULL")]
    [InlineData("is told to nobody", "DELETE FROM notices.notice WHERE template = 'message-of-clearing-house'")]
    [InlineData("is not of the other side", "UPDATE notices.notice SET recipient_id = (SELECT id FROM access.user_account WHERE email = 'maker2@b09001.example') WHERE template = 'message-of-participant' AND email = 'reviewer@clearing.example'")]
    [InlineData("belongs to no message of its request", "UPDATE files.attachment SET message_id = gen_random_uuid()")]
    public async Task The_audit_of_all_that_is_stored_holds_and_names_what_is_planted(string words, string sql)
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own, add: Services);
        var id = await desk.WithClearingHouse();
        await Sends(desk, Desk.Maker, id, "One.", null, ("a.pdf", Samples.Pdf));
        await Sends(desk, Desk.Reviewer, id, "Two.", null, ("b.pdf", Samples.Pdf));
        Assert.Empty((await desk.Get<AuditTheWorld>().HandleAsync(AuditEvidence.None, Ct)).Differences);

        await own.Rows.OwnerRunsAsync("ALTER TABLE requests.message DISABLE TRIGGER append_only");
        Assert.NotEqual(0, await own.Rows.OwnerRunsAsync(sql));

        Assert.Contains((await desk.Get<AuditTheWorld>().HandleAsync(AuditEvidence.None, Ct)).Differences, d => d.Rule == "O13" && d.What.Contains(words, StringComparison.Ordinal));
    }

    private async Task<Desk> DeskAsync(IVirusScanner? scanner = null) =>
        await Desk.AtAsync(database, add: services => Services(scanner is null ? services : services.AddSingleton(scanner)));

    private static void Services(IServiceCollection services)
    {
        if (!services.Any(s => s.ServiceType == typeof(IVirusScanner))) services.AddSingleton<IVirusScanner, NoVirusScanner>();
        services.AddSingleton(FileLimits.Default).AddSingleton<IAttachmentAccess, RequestAttachments>().AddSingleton<MessageFiles>().AddSingleton<ReadAttachment>().AddSingleton<RemoveAttachment>()
            .AddSingleton<AttachmentsOf>().AddSingleton<ScanWaitingAttachments>().AddSingleton<IMessageNotices, MessageNotices>().AddSingleton<SendMessage>().AddSingleton<LookAtMessages>();
    }

    private static async Task<Result<SentMessage>> Tries(Desk desk, string who, RequestId id, string text, OperationKey? key = null, params (string Name, byte[] Content)[] files) =>
        await desk.Get<SendMessage>().HandleAsync(await desk.As(who), new MessageToSend(id, text, [.. files.Select(f => new FileOfMessage(f.Name, new MemoryStream(f.Content)))]), key, Ct);

    private static async Task<SentMessage> Sends(Desk desk, string who, RequestId id, string text, OperationKey? key = null, params (string Name, byte[] Content)[] files) =>
        (await Tries(desk, who, id, text, key, files)).Value;

    private static async Task<IReadOnlyList<SaidMessage>> Reads(Desk desk, string who, RequestId id) =>
        await desk.Get<MessagesOf>().ReadAsync(await desk.As(who), (await desk.Sees(who, id))!, Ct);

    private static async Task Looks(Desk desk, string who, RequestId id) =>
        await desk.Get<LookAtMessages>().HandleAsync(await desk.As(who), id, await Reads(desk, who, id), Ct);

    private static async Task<int> New(Desk desk, string who, RequestId id) =>
        (await desk.Get<MessagesOf>().CountNewAsync(await desk.As(who), [id], Ct)).GetValueOrDefault(id);

    private static async Task<Result<AttachmentToSave>> Fetches(Desk desk, string who, AttachmentId file) => await desk.Get<ReadAttachment>().HandleAsync(await desk.As(who), file, Ct);

    private async Task<string[]> Told(SentMessage message, string template, DeskDatabase? of = null) =>
        (await (of ?? database).Rows.ValueAsync<string[]>("SELECT array_agg(email ORDER BY email COLLATE \"C\") FROM notices.notice WHERE request_message_id = $1 AND template = $2", message.Id, template))!;

    private sealed class FakeScanner : IVirusScanner
    {
        public bool IsConfigured => true;

        public Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken ct) => Task.FromResult<ScanVerdict>(new ScanVerdict.Clean());
    }
}
