using System.IO.Compression;
using System.Text;

namespace ClientConnect.Workflows.Tests.Files;

/// <summary>Small files of each accepted type, and some that pretend to be.</summary>
internal static class Samples
{
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    public const string MacroWord = "application/vnd.ms-word.document.macroEnabled.main+xml";
    public const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    // The test string of the antivirus makers, in two parts so that no scanner takes this file for it.
    public static byte[] Eicar => Text("""X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-""" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    public static byte[] Pdf => Text("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");

    public static byte[] Docx => Zip(("[Content_Types].xml", Types(Word)), ("word/document.xml", Text("<w:document/>")));

    public static byte[] Xlsx => Zip(("[Content_Types].xml", Types(Sheet)), ("xl/workbook.xml", Text("<workbook/>")));

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Types(string main) => Text($"<Types><Override PartName=\"/main.xml\" ContentType=\"{main}\"/></Types>");

    public static byte[] Png(uint width, uint height) =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8,
        (byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width, (byte)(height >> 24), (byte)(height >> 16), (byte)(height >> 8), (byte)height,
        8, 2, 0, 0, 0, 0, 0, 0, 0,
    ];

    public static byte[] Jpeg(ushort width, ushort height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9,
    ];

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Bytes that don't pack; the same each time.</summary>
    public static byte[] Noise(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))[0]))];

    /// <summary>A ZIP whose directory says less than what its one entry unpacks to.</summary>
    public static byte[] LyingZip(byte[] content, int claimed)
    {
        var zip = Zip(("data.csv", content));
        var directory = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), claimed);
        return zip;
    }

    public static byte[] EncryptedZip()
    {
        var zip = Zip(("data.csv", Text("a,b")));
        zip[zip.AsSpan().LastIndexOf("PK\x01\x02"u8) + 8] |= 1;
        return zip;
    }
}
