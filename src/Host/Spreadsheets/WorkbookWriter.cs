using ClosedXML.Excel;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>A sheet as a workbook: texts stay texts (00700 keeps its zeros, "=1+1" is no formula), numbers and dates are such, choices are offered.</summary>
public static class WorkbookWriter
{
    private const string Lists = "Lists";
    private const double Narrowest = 12, Widest = 48;

    public static byte[] Write(SheetToWrite sheet)
    {
        using var book = new XLWorkbook();
        var page = book.AddWorksheet(sheet.Name);
        foreach (var (i, column) in sheet.Columns.Index())
        {
            Head(page.Column(i + 1), page.Cell(1, i + 1), column);
            foreach (var (r, row) in sheet.Rows.Index()) Fill(page.Cell(r + 2, i + 1), row[i], column.Kind);
        }

        page.SheetView.FreezeRows(1);
        Offer(book, page, sheet);
        using var file = new MemoryStream();
        book.SaveAs(file);
        return file.ToArray();
    }

    private static void Head(IXLColumn column, IXLCell head, SheetColumn of)
    {
        column.Style.NumberFormat.Format = of.Kind switch { CellKind.Date => "yyyy-mm-dd", CellKind.Number => "General", _ => "@" };
        column.Style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
        column.Width = Math.Clamp(of.Heading.Sum(c => c > 0xFF ? 2.2 : 1.1) + 2, Narrowest, Widest);
        Text(head, of.Heading);
        head.Style.Font.Bold = true;
        head.Style.Alignment.WrapText = true;
    }

    private static void Fill(IXLCell cell, string text, CellKind kind)
    {
        if (text.Length == 0) return;
        if (kind == CellKind.Number && SheetToWrite.Number(text) is { } number) cell.SetValue(number);
        else if (kind == CellKind.Date && SheetToWrite.Date(text) is { } date) cell.SetValue(date.ToDateTime(TimeOnly.MinValue));
        else Text(cell, text);
    }

    private static void Text(IXLCell cell, string text)
    {
        cell.Style.NumberFormat.Format = "@";
        cell.Style.IncludeQuotePrefix = Formulas.Quoted(text) != text;
        cell.SetDataType(XLDataType.Text).SetValue(text);
        cell.Style.Alignment.WrapText = text.Contains('\n', StringComparison.Ordinal);
    }

    // In a sheet of their own that is not shown: a list within the cell's rule may hold no commas, and 255 characters at most.
    private static void Offer(XLWorkbook book, IXLWorksheet page, SheetToWrite sheet)
    {
        var offering = sheet.Columns.Index().Where(c => c.Item.Choices is { Count: > 0 }).ToList();
        if (offering.Count == 0) return;
        var lists = book.AddWorksheet(Lists);
        foreach (var (n, (i, column)) in offering.Index())
        {
            foreach (var (r, choice) in column.Choices!.Index()) Text(lists.Cell(r + 1, n + 1), choice);
            var rule = page.Range(2, i + 1, Math.Max(sheet.Rows.Count, sheet.Filled) + 1, i + 1).SetDataValidation();
            rule.List(lists.Range(1, n + 1, column.Choices!.Count, n + 1), true);
            rule.ShowErrorMessage = false;
        }

        lists.Hide();
    }
}
