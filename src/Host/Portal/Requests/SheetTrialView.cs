using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What a spreadsheet's file would bring into a form's lines; nothing has been taken in yet.</summary>
/// <param name="Action">Where its buttons post to.</param>
/// <param name="Rows">The file's rows as one text, sent along.</param>
public sealed record SheetTrialView(RequestHead Head, LocalText Lines, string Action, string Rows)
{
    /// <summary>The draft's revision that this was judged on.</summary>
    public int Revision { get; init; }

    /// <summary>What waits in the box for pasted rows, sent along.</summary>
    public string Box { get; init; } = "";

    public string FormHref => Head.Href + "/form";

    /// <summary>How many lines the form has now.</summary>
    public int There { get; init; }

    /// <summary>The rows would take the place of the lines that are there.</summary>
    public bool Replaces { get; init; }

    /// <summary>Both ways are open.</summary>
    public bool MayChoose { get; init; }

    /// <summary>Somebody saved the form meanwhile: it was judged anew.</summary>
    public bool IsAgain { get; init; }

    /// <summary>How the file was read.</summary>
    public IReadOnlyList<LocalText> Notes { get; init; } = [];

    /// <summary>What is wrong with the headings: nothing can be taken then.</summary>
    public IReadOnlyList<LocalText> Headings { get; init; } = [];

    public IReadOnlyList<LocalText> Columns { get; init; } = [];

    public IReadOnlyList<GoodRowView> Good { get; init; } = [];

    public IReadOnlyList<BadRowView> Bad { get; init; } = [];
}

/// <summary>A row that can be taken in, as the form understands it.</summary>
/// <param name="Missing">What is to be filled in on the form afterwards.</param>
public sealed record GoodRowView(int Number, IReadOnlyList<string> Cells, IReadOnlyList<LocalText> Missing);

/// <summary>A row that can't.</summary>
/// <param name="Wrong">One sentence a cell, which it names.</param>
public sealed record BadRowView(int Number, IReadOnlyList<LocalText> Wrong);
