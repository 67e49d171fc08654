using System.IO.Compression;
using System.Xml;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>The file holds more than is read: a bomb, or a workbook for other ends.</summary>
internal sealed class WorkbookIsTooLargeException : Exception
{
    public WorkbookIsTooLargeException()
        : base("The workbook holds more than is read.")
    {
    }
}

/// <summary>
/// The parts of a workbook, read as a stream and never trusted: what a part says about its size counts for nothing, what comes out of it
/// is counted. Nothing outside the file is ever looked up.
/// </summary>
internal sealed class XlsxParts(byte[] content) : IDisposable
{
    private const long MostUnpacked = 32L * 1024 * 1024;
    private const int MostParts = 5_000, LargestNode = 1024 * 1024, Deepest = 40;

    private readonly ZipArchive archive = new(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
    private long unpacked;

    /// <summary>Walks through a part's elements and texts; nothing where there is no such part.</summary>
    public IEnumerable<XmlReader> Nodes(string name)
    {
        if (archive.Entries.Count > MostParts) throw new WorkbookIsTooLargeException();
        if (archive.GetEntry(name) is not { } part) yield break;
        using var counted = new Counted(part.Open(), this);
        using var reader = XmlReader.Create(counted, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
        while (Next(reader, counted)) yield return reader;
    }

    public void Dispose() => archive.Dispose();

    private static bool Next(XmlReader reader, Counted counted)
    {
        counted.SinceNode = 0;
        return reader.Depth <= Deepest ? reader.Read() : throw new WorkbookIsTooLargeException();
    }

    private sealed class Counted(Stream inner, XlsxParts parts) : Stream
    {
        public int SinceNode { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            SinceNode += read;
            parts.unpacked += read;
            return SinceNode > LargestNode || parts.unpacked > MostUnpacked ? throw new WorkbookIsTooLargeException() : read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
