using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>One host as a process, whose memory can be looked at, and a maker with a draft on it.</summary>
public sealed class HostWithDraft : IAsyncLifetime
{
    public DemonstrationDatabase Database { get; } = new();

    public PortalProcess Portal { get; private set; } = null!;

    public Person Maker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        Portal = await PortalProcess.StartAsync(Database);
        Maker = await Portal.As(Cast.Maker);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>What is no honest file is refused in words, nothing of it is kept, and the host does not grow by it.</summary>
public sealed class UploadFaultsTests(HostWithDraft host) : IClassFixture<HostWithDraft>, IAsyncLifetime
{
    private const long MostGrowth = 100L * 1024 * 1024;

    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");

    private readonly PortalProcess portal = host.Portal;
    private readonly Person maker = host.Maker;
    private string draft = "";

    public async ValueTask InitializeAsync() => draft = (await maker.StartsDraft(PortalWithMail.Exemption)).Id();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept()
    {
        (string Name, byte[] Content)[] bad =
        [
            ("empty.pdf", []), ("text.pdf", "no pdf"u8.ToArray()), ("page.pdf", "<html><script>alert(1)</script>"u8.ToArray()), ("picture.svg", "<svg onload='alert(1)'/>"u8.ToArray()),
            ("program.exe", "MZ"u8.ToArray()), ("invoice.pdf.exe", Pdf), ("page.html", "<b>x</b>"u8.ToArray()), ("macro.docm", Zip(("x", [1]))), ("nodocument.docx", Zip(("x", [1]))),
            ("huge.png", Png(50_000, 50_000)), ("bomb.zip", Zip(("zeros.csv", new byte[300 * 1024 * 1024]))), ("nested.zip", Zip(("a.zip", Zip(("b.zip", Zip(("c.zip", Zip(("d.zip", Zip(("e.csv", [1]))))))))))),
            ("many.zip", Zip([.. Enumerable.Range(0, 3_000).Select(n => ($"{n}.csv", new byte[] { 49 }))])), ("broken.zip", Zip(("x.csv", [49]))[..30]),
        ];
        foreach (var (name, content) in bad)
        {
            var answer = await maker.AttachesFile(draft, "attachments", name, content);
            Assert.True((int)answer.Status is 400 or 413 or 415 or 422, $"{name}: {answer}");
            Assert.NotEmpty(answer.Problem!.Title);
        }

        Assert.Equal(0, await host.Database.ValueAsync<long>("SELECT count(*) FROM files.attachment WHERE request_id = $1", Guid.Parse(draft)));
        Assert.Equal(HttpStatusCode.OK, (await maker.GetAsync("/api/requests")).Status);
    }

    [Theory]
    [InlineData("../../etc/passwd.pdf")]
    [InlineData("a\u202Efdp.pdf")]
    [InlineData("c:\\windows\\x.pdf")]
    [InlineData("<img src=x>.pdf")]
    [InlineData("=cmd.pdf")]
    public async Task A_name_that_is_a_trick_is_refused_or_made_harmless_and_the_file_is_only_ever_a_download(string name)
    {
        var answer = await maker.AttachesFile(draft, "attachments", name, Pdf);
        if (!answer.IsSuccess)
        {
            Assert.True((int)answer.Status is 400 or 415 or 422, answer.ToString());
            return;
        }

        using var browser = new HttpClient { BaseAddress = portal.Address };
        browser.DefaultRequestHeaders.Add("Cookie", maker.Cookies.GetCookieHeader(portal.Address));
        using var file = await browser.GetAsync($"/requests/{draft}/attachments/{answer.Id()}", TestContext.Current.CancellationToken);

        var kept = file.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", kept.DispositionType);
        Assert.DoesNotContain('/', kept.FileNameStar ?? kept.FileName!);
        Assert.DoesNotContain('\\', (kept.FileNameStar ?? kept.FileName!).Replace("\\\"", "", StringComparison.Ordinal));
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", string.Join(' ', file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_no_form_is_refused()
    {
        foreach (var (type, body) in new[]
        {
            ("multipart/form-data; boundary=" + new string('b', 100), "--x"), ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF"),
            ("multipart/form-data; boundary=x", string.Concat(Enumerable.Range(0, 10_000).Select(n => $"--x\r\nContent-Disposition: form-data; name=\"k{n}\"\r\n\r\n1\r\n")) + "--x--\r\n"), ("multipart/form-data; boundary=x", ""),
        })
        {
            var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            var answer = await maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/requests/{draft}/attachments") { Content = content });
            Assert.True((int)answer.Status is 400 or 413 or 415, $"{type[..Math.Min(40, type.Length)]}: {answer}");
        }
    }

    [Fact]
    public async Task Bombs_do_not_make_the_host_grow()
    {
        var bomb = Zip(("zeros.csv", new byte[900 * 1024 * 1024]));
        await maker.AttachesFile(draft, "attachments", "bomb.zip", bomb);
        var before = portal.Memory;
        for (var n = 0; n < 5; n++)
        {
            await maker.AttachesFile(draft, "attachments", "bomb.zip", bomb);
            await maker.AttachesFile(draft, "attachments", "huge.png", Png(60_000, 60_000));
            using var packed = new ByteArrayContent(Gzip(new byte[50 * 1024 * 1024]));
            packed.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            packed.Headers.ContentEncoding.Add("gzip");
            var answer = await maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/requests") { Content = packed });
            Assert.True((int)answer.Status is 400 or 413 or 415, answer.ToString());
        }

        Assert.InRange(portal.Memory - before, long.MinValue, MostGrowth);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(content);
        return stream.ToArray();
    }

    private static byte[] Png(uint width, uint height) =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)width)), .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)height)),
        8, 2, 0, 0, 0, 0, 0, 0, 0,
    ];
}
