using System.Globalization;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Components;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>A component that speaks: looks its words up in the viewer's language and shows times in Hong Kong's.</summary>
public abstract class Worded : ComponentBase
{
    protected abstract Frame Around { get; }

    protected string Language => Around.Language;

    /// <summary>The words under that key, with <c>{name}</c> filled in.</summary>
    protected string T(string key, params ReadOnlySpan<(string Name, string? Value)> arguments) => Words.Of(key, Language, arguments);

    /// <summary>The words for that many: <c>key.one</c> or <c>key.other</c>, with <c>{n}</c> filled in.</summary>
    protected string Count(string key, int n) =>
        Words.Of(n == 1 ? key + ".one" : key + ".other", Language, ("n", n.ToString("N0", CultureInfo.InvariantCulture)));

    /// <summary>The eService's own words in the viewer's language; empty where it has none.</summary>
    protected string Say(LocalText? words) => words?.In(Language) ?? "";

    protected string Show(Moment moment) => HongKongWords.DateAndTime(moment, Language);

    protected string Show(DateOnly date, string? day = null) => HongKongWords.Date(date, Language, day);

    protected static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>A part of the Kit; takes the frame from the page around it.</summary>
public abstract class KitPart : Worded
{
    [CascadingParameter]
    public Frame Frame { get; set; } = default!;

    protected override Frame Around => Frame;
}

/// <summary>A page: a frame and a plain view record, both given by the endpoint.</summary>
public abstract class PageOf<TView> : Worded
{
    [Parameter, EditorRequired]
    public Frame Frame { get; set; } = default!;

    [Parameter, EditorRequired]
    public TView View { get; set; } = default!;

    protected override Frame Around => Frame;
}
