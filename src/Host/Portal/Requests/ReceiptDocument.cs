using System.Globalization;
using ClientConnect.Host.Pdf;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The receipt to keep: what the tracker says, as a PDF in the viewer's language. Made from the same view, so the two never differ.</summary>
internal sealed class ReceiptDocument
{
    private readonly Frame frame;
    private readonly TrackerView view;
    private readonly PdfSheet sheet;

    private ReceiptDocument(Frame frame, TrackerView view, PdfSheet sheet) => (this.frame, this.view, this.sheet) = (frame, view, sheet);

    public static byte[] Of(Frame frame, TrackerView view)
    {
        using var sheet = new PdfSheet($"{Words.Of("receipt.title", frame.Language)} {view.Head.Number}");
        var receipt = new ReceiptDocument(frame, view, sheet);
        receipt.Head();
        receipt.Answers();
        receipt.Files();
        receipt.Deadlines();
        receipt.Timeline();
        return sheet.Build(
            $"{view.Head.Number} · {receipt.T("receipt.made")} {receipt.At(frame.Now)}",
            (page, pages) => Words.Of("pages.of", frame.Language, ("page", Number(page)), ("pages", Number(pages))));
    }

    private void Head()
    {
        sheet.Title($"{T("receipt.title")} {view.Head.Number}");
        sheet.Paragraph($"{view.Head.Reference} {view.Head.EService.In(frame.Language)}");
        sheet.Paragraph(view.Head.Participant, isQuiet: true);
        sheet.Heading(T("tracker.stands"));
        sheet.Row(T("requests.status"), StatusWords());
        if (view.Received is { } received)
        {
            sheet.Row(received.What.In(frame.Language), At(received.At));
            sheet.Row(T("tracker.hash"), received.ContentHash);
        }

        sheet.Row(T("tracker.with"), view.Stands.With?.In(frame.Language) ?? T("tracker.nobody"));
        sheet.Row(T("tracker.next"), view.Stands.Next.In(frame.Language));
        if (view.Stands.NextBy is { } by) sheet.Row(view.Stands.NextDue?.In(frame.Language) ?? T("tracker.by"), At(by));
    }

    private void Answers()
    {
        foreach (var section in view.Answers?.Sections ?? [])
        {
            sheet.Heading(section.Title.In(frame.Language));
            Rows(section.Rows);
            foreach (var line in section.Lines)
            {
                sheet.Subheading(string.Join(" · ", new[] { Words.Of("line.n", frame.Language, ("n", Number(line.Number))), line.Title }.OfType<string>()));
                Rows(line.Rows);
                if (line.Outcome is not null) sheet.Row(T(line.IsPart ? "outcome.part.done" : $"outcome.{line.Outcome}.done"), line.OutcomeText ?? "–");
            }
        }
    }

    private void Rows(IEnumerable<AnswerRow> rows)
    {
        foreach (var row in rows)
        {
            sheet.Row(row.Label.In(frame.Language), row.Files.Count > 0 ? string.Join('\n', row.Files.Select(f => f.Name)) : string.IsNullOrEmpty(row.Value) ? T("answer.none") : row.Value);
        }
    }

    private void Files()
    {
        if (view.Files.Count == 0) return;
        sheet.Heading(T("tracker.files"));
        foreach (var file in view.Files)
        {
            sheet.Row(file.Name, $"{file.Bytes.ToString("N0", CultureInfo.InvariantCulture)} B\nSHA-256 {file.Sha256}");
        }
    }

    private void Deadlines()
    {
        if (view.Deadlines.Count == 0) return;
        sheet.Heading(T("tracker.deadlines"));
        foreach (var deadline in view.Deadlines)
        {
            var late = deadline.LateUntil is { } until ? $"\n{T("deadline.late-until")} {At(until)}" : "";
            sheet.Row(deadline.Label.In(frame.Language), $"{At(deadline.Due)} · {deadline.State.In(frame.Language)}{late}{(deadline.IsVerified ? "" : $"\n{T("deadline.unverified")}")}");
        }
    }

    private void Timeline()
    {
        if (view.Timeline.Count == 0) return;
        sheet.Heading(T("tracker.timeline"));
        foreach (var entry in view.Timeline)
        {
            sheet.Row(At(entry.At), $"{entry.Title.In(frame.Language)} · {entry.By.In(frame.Language)}{(entry.Text is null ? "" : "\n" + entry.Text)}");
        }
    }

    private string StatusWords()
    {
        var key = "status." + view.Head.Status;
        var said = T(Words.KeyFor(key, view.Head.ForClearingHouse));
        return view.Head.IsLate ? $"{said} · {T("status.late")}" : said;
    }

    private string T(string key) => Words.Of(key, frame.Language);

    private string At(Moment moment) => HongKongWords.DateAndTime(moment, frame.Language);

    private static string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
