using System.Diagnostics;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using CsCheck;

namespace ClientConnect.Workflows.Tests.Files;

public sealed class FileTypesTests
{
    public static TheoryData<string, byte[], string> Accepted => new()
    {
        { "a.pdf", Samples.Pdf, "application/pdf" },
        { "a.PDF", Samples.Pdf, "application/pdf" },
        { "a.png", Samples.Png(5000, 7000), "image/png" },
        { "a.jpg", Samples.Jpeg(5000, 7000), "image/jpeg" },
        { "a.jpeg", Samples.Jpeg(1, 1), "image/jpeg" },
        { "a.csv", Samples.Text("\uFEFFname,quantity\r\n陳大文,\"1,000\"\r\n"), "text/csv" },
        { "a.csv", [0xB3, 0xAF, (byte)',', 0xA4, 0xA4, (byte)'\n'], "text/csv" },
        { "a.docx", Samples.Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "a.xlsx", Samples.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "a.zip", Samples.Zip(("docs/a.docx", Samples.Docx), ("docs/", []), ("b.csv", Samples.Text("a,b"))), "application/zip" },
        { "a.zip", Samples.Zip(("a.zip", Samples.Zip(("b.docx", Samples.Docx)))), "application/zip" },
    };

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "a.exe", Samples.Text("MZ"), "file-type-is-not-accepted" },
        { "a.svg", Samples.Text("<svg><script/></svg>"), "file-type-is-not-accepted" },
        { "a.docm", Samples.Docx, "file-type-is-not-accepted" },
        { "a.pdf", Samples.Text("<html>%PDF-1.7 %%EOF"), "file-content-is-not-its-type" },
        { "a.pdf", Samples.Text("%PDF-1.7\n<HTML><sCript>x</script>\n%%EOF"), "file-content-is-not-its-type" },
        { "a.pdf", Samples.Text("%PDF-1.7 breaks off"), "file-is-damaged" },
        { "a.pdf", Samples.Text("%PDF-1.7 trailer <</Encrypt 5 0 R>> %%EOF"), "file-is-encrypted" },
        { "a.pdf", Samples.Png(1, 1), "file-content-is-not-its-type" },
        { "a.png", Samples.Pdf, "file-content-is-not-its-type" },
        { "a.png", Samples.Png(50_000, 50_000), "picture-is-too-large" },
        { "a.jpg", Samples.Jpeg(65_000, 65_000), "picture-is-too-large" },
        { "a.jpg", [0xFF, 0xD8, 0xFF, 0xD9], "file-content-is-not-its-type" },
        { "a.csv", Samples.Text("<!doctype html><script>"), "file-content-is-not-its-type" },
        { "a.csv", [(byte)'a', 0, (byte)'b'], "file-content-is-not-its-type" },
        { "a.docx", Samples.Xlsx, "file-content-is-not-its-type" },
        { "a.docx", Samples.Zip(("word/document.xml", Samples.Text("<x/>"))), "file-content-is-not-its-type" },
        { "a.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "file-is-encrypted" },
        { "a.docx", Samples.Zip(("[Content_Types].xml", Samples.Types(Samples.MacroWord)), ("word/document.xml", [])), "file-contains-macros" },
        { "a.xlsx", Samples.Zip(("[Content_Types].xml", Samples.Types(Samples.Sheet)), ("xl/vbaProject.bin", [1])), "file-contains-macros" },
        { "a.zip", Samples.Zip(("x.docx", Samples.Zip(("[Content_Types].xml", Samples.Types(Samples.Word)), ("word/vbaProject.bin", [1])))), "file-contains-macros" },
        { "a.zip", Samples.EncryptedZip(), "file-is-encrypted" },
        { "a.zip", Samples.Zip(("../../etc/cron.d/x", [1])), "file-type-is-not-accepted" },
        { "a.zip", Samples.Zip(("run.exe", [1])), "file-type-is-not-accepted" },
        { "a.zip", Samples.Text("not a zip"), "file-content-is-not-its-type" },
        { "a.zip", Samples.Zip(("a.csv", Samples.Text("a,b")))[..40], "file-is-damaged" },
    };

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void What_is_accepted_is_known_by_its_name_and_its_content(string name, byte[] content, string type)
    {
        Assert.Equal(type, FileTypes.Recognise(name, content, FileLimits.Default).Value);
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Everything_else_is_refused_for_its_own_reason(string name, byte[] content, string code)
    {
        var answer = FileTypes.Recognise(name, content, FileLimits.Default);

        Assert.True(answer.IsRefused, $"{name} was accepted; it should be refused as {code}");
        Assert.Equal(code, answer.Refusal.Code);
        Assert.Contains(answer.Refusal.Kind, new[] { RefusalKind.TooLarge, RefusalKind.Unsupported });
    }

    [Fact]
    public void Bombs_are_refused_before_they_unpack()
    {
        var zeros = new byte[40 * 1024 * 1024];
        var bomb = Samples.Zip(("zeros.csv", zeros));
        var manyNested = Samples.Zip([.. Enumerable.Range(0, 10).Select(i => ($"{i}.zip", Samples.Zip(("zeros.csv", new byte[9 * 1024 * 1024]))))]);
        var nested = Samples.Zip(("a.zip", Samples.Zip([.. Enumerable.Range(0, 30).Select(i => ($"{i}.csv", new byte[9 * 1024 * 1024]))])));
        var deep = Enumerable.Range(0, 6).Aggregate(Samples.Zip(("a.csv", Samples.Text("a"))), (inner, _) => Samples.Zip(("a.zip", inner)));
        var lying = Samples.LyingZip(zeros, claimed: 100);
        var crowded = Samples.Zip([.. Enumerable.Range(0, 2_100).Select(i => ($"{i}.csv", Array.Empty<byte>()))]);
        GC.Collect();
        var watch = Stopwatch.StartNew();

        Assert.All(new[] { bomb, nested, deep, lying, crowded }, b => Assert.Equal("archive-unpacks-too-large", FileTypes.Recognise("a.zip", b, FileLimits.Default).Refusal.Code));
        Assert.False(FileTypes.Recognise("a.zip", manyNested, FileLimits.Default).IsRefused, "90 MB in all are within the limits");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_a_bomb()
    {
        var zip = Samples.Zip(("a.csv", Samples.Noise(1000)));
        var directory = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        var end = zip.AsSpan().LastIndexOf("PK\x05\x06"u8);
        var entry = zip[directory..end];
        byte[] overlapping = [.. zip[..directory], .. Enumerable.Repeat(entry, 50).SelectMany(e => e), .. zip[end..]];
        BitConverter.TryWriteBytes(overlapping.AsSpan(overlapping.Length - 12), (ushort)50);

        Assert.Equal("archive-unpacks-too-large", FileTypes.Recognise("a.zip", overlapping, FileLimits.Default).Refusal.Code);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        byte[][] seeds = [Samples.Docx, Samples.Pdf, Samples.Png(2, 2), Samples.Jpeg(2, 2), Samples.Zip(("a.zip", Samples.Xlsx))];
        string[] names = ["a.docx", "a.pdf", "a.png", "a.jpg", "a.zip", "a.xlsx", "a.csv"];
        Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Int[0, names.Length - 1], Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[0, 12], Gen.Int[0, 2000]).Sample(
            (seed, name, changes, cut) =>
            {
                var bytes = seeds[seed].ToArray();
                foreach (var (at, value) in changes)
                {
                    bytes[at % bytes.Length] = value;
                }

                _ = FileTypes.Recognise(names[name], bytes.AsMemory(0, Math.Max(1, bytes.Length - (cut > 1000 ? 0 : cut % bytes.Length))), FileLimits.Default);
            },
            iter: 5_000);
    }
}
