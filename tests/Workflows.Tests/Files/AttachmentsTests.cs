using System.Security.Cryptography;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Tests.Files;

public sealed class AttachmentsTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Cabinet cabinet = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        cabinet = new Cabinet(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_file_comes_back_as_it_was_uploaded()
    {
        var uploaded = (await cabinet.UploadsAsync("授權書.pdf")).Value;

        var saved = (await cabinet.ReadsAsync(uploaded.Id)).Value;

        Assert.Equal(Samples.Pdf, saved.Bytes);
        Assert.Equal(("授權書.pdf", "application/pdf", ScanState.NotScanned), (saved.Name, saved.ContentType, saved.Scan));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Samples.Pdf)), saved.Sha256);
        Assert.Equal(uploaded, (await cabinet.ListsAsync()).Value.Single());
    }

    [Fact]
    public async Task What_is_itself_sent_may_be_larger_and_plain_text_and_is_examined_as_it_comes_in()
    {
        cabinet.Access.Kind = FileKind.Transmission;
        var large = Samples.Text("H,A\nD,01,1\nT,1,1\n" + new string('\n', 11 * 1024 * 1024));

        Assert.False((await cabinet.UploadsAsync("list.txt", large)).IsRefused);
        Assert.Equal("after-trailer", await database.ValueAsync<string>("SELECT examined -> 'delimited-with-trailer' -> 'faults' -> 0 ->> 'code' FROM files.attachment"));
        Assert.IsType<FileIsTooLarge>((await cabinet.UploadsAsync("larger.txt", new byte[(50 * 1024 * 1024) + 1])).Refusal);
        cabinet.Access.Kind = FileKind.Attachment;
        Assert.IsType<FileTypeIsNotAccepted>((await cabinet.UploadsAsync("list.txt", Samples.Text("a"))).Refusal);
        Assert.IsType<FileIsTooLarge>((await cabinet.UploadsAsync("list.csv", large)).Refusal);
    }

    [Fact]
    public async Task The_same_file_sent_twice_is_there_once()
    {
        var first = await cabinet.UploadsAsync();
        var second = await cabinet.UploadsAsync();

        Assert.Equal(first.Value.Id, second.Value.Id);
        Assert.Equal(2, await cabinet.RowsAsync());
    }

    [Theory]
    [InlineData("a.pdf", 0, "file-is-empty")]
    [InlineData("a.exe", 10, "file-type-is-not-accepted")]
    [InlineData("../a.pdf", 10, "file-name-is-not-accepted")]
    [InlineData("a.pdf.exe.pdf", 10, "file-name-is-not-accepted")]
    [InlineData("a.pdf", 10, "file-content-is-not-its-type")]
    [InlineData("a.pdf", 10 * 1024 * 1024 + 1, "file-is-too-large")]
    public async Task What_is_refused_leaves_nothing_behind(string name, int length, string code)
    {
        Assert.Equal(code, (await cabinet.UploadsAsync(name, new byte[length])).Refusal.Code);
        Assert.Equal(0, await cabinet.RowsAsync());
    }

    [Fact]
    public async Task Uploads_at_the_same_time_do_not_exceed_what_a_request_may_have()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(i => Task.Run(() => cabinet.UploadsAsync($"{i}.pdf"))));

        Assert.Equal(10, answers.Count(a => !a.IsRefused));
        Assert.All(answers.Where(a => a.IsRefused), a => Assert.Equal(new TooManyFiles(10), a.Refusal));
        Assert.Equal(20, await cabinet.RowsAsync());
    }

    [Fact]
    public async Task A_firm_keeps_no_more_than_its_quota()
    {
        cabinet.Limits = FileLimits.Default with { Quota = Samples.Pdf.Length + 10 };
        await cabinet.UploadsAsync("a.pdf");

        Assert.IsType<QuotaIsUsedUp>((await cabinet.UploadsAsync("b.pdf")).Refusal);
    }

    [Fact]
    public async Task For_another_participant_the_file_does_not_exist()
    {
        var id = (await cabinet.UploadsAsync()).Value.Id;
        cabinet.Access.Own = AttachmentAccess.See;

        Assert.IsType<NothingHere>((await cabinet.ReadsAsync(id, People.Competitor)).Refusal);
        Assert.IsType<NothingHere>((await cabinet.RemovesAsync(id, People.Competitor)).Refusal);
        Assert.IsType<NothingHere>((await cabinet.ListsAsync(People.Competitor)).Refusal);
        Assert.IsType<NothingHere>((await cabinet.UploadsAsync(viewer: People.Competitor)).Refusal);
        Assert.Equal((await cabinet.ReadsAsync(AttachmentId.New(), People.Competitor)).Refusal, (await cabinet.ReadsAsync(id, People.Competitor)).Refusal);
    }

    [Fact]
    public async Task The_clearing_house_sees_the_files_once_the_request_is_sent()
    {
        var id = (await cabinet.UploadsAsync()).Value.Id;

        Assert.IsType<NothingHere>((await cabinet.ReadsAsync(id, People.Reviewer)).Refusal);
        cabinet.Access.Own = AttachmentAccess.See;
        Assert.False((await cabinet.ReadsAsync(id, People.Reviewer)).IsRefused);
        Assert.IsType<FilesAreFixed>((await cabinet.RemovesAsync(id, People.Reviewer)).Refusal);
    }

    [Fact]
    public async Task A_file_that_belongs_to_no_request_is_its_firms_alone()
    {
        var id = (await cabinet.UploadsForNoRequestAsync()).Value.Id;

        Assert.False((await cabinet.ReadsAsync(id)).IsRefused);
        Assert.IsType<NothingHere>((await cabinet.ReadsAsync(id, People.Competitor)).Refusal);
        Assert.IsType<NothingHere>((await cabinet.ReadsAsync(id, People.Reviewer)).Refusal);
        Assert.IsType<NothingHere>((await cabinet.RemovesAsync(id, People.Reviewer)).Refusal);
    }

    [Fact]
    public async Task Only_a_draft_loses_files()
    {
        var id = (await cabinet.UploadsAsync()).Value.Id;
        cabinet.Access.Own = AttachmentAccess.Add;
        Assert.IsType<FilesAreFixed>((await cabinet.RemovesAsync(id)).Refusal);
        Assert.Equal(2, await cabinet.RowsAsync());

        cabinet.Access.Own = AttachmentAccess.AddAndRemove;
        Assert.False((await cabinet.RemovesAsync(id)).IsRefused);
        Assert.IsType<NothingHere>((await cabinet.RemovesAsync(id)).Refusal);
        Assert.Equal(0, await cabinet.RowsAsync());
    }

    [Fact]
    public async Task What_is_with_somebody_else_takes_no_more_files()
    {
        cabinet.Access.Own = AttachmentAccess.See;

        Assert.IsType<FilesAreFixed>((await cabinet.UploadsAsync()).Refusal);
    }

    [Fact]
    public async Task Bytes_that_changed_under_their_digest_are_never_handed_out()
    {
        var id = (await cabinet.UploadsAsync()).Value.Id;
        await database.OwnerRunsAsync("UPDATE files.content SET bytes = '\\x00'");

        await Assert.ThrowsAsync<InvalidDataException>(() => cabinet.ReadsAsync(id));
    }
}
