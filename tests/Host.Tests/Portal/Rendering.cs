using System.Text.RegularExpressions;
using ClientConnect.Host.Portal.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Renders components as the host does, without a host.</summary>
internal static partial class Rendering
{
    private static readonly ServiceProvider Services = Provider();

    private static ServiceProvider Provider()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        return services.BuildServiceProvider();
    }

    public static Task<string> Page<TPage, TView>(Frame frame, TView view) where TPage : PageOf<TView> =>
        Render(typeof(TPage), new() { ["Frame"] = frame, ["View"] = view });

    /// <summary>A part of the Kit inside a frame.</summary>
    public static Task<string> Part<TPart>(Frame frame, Dictionary<string, object?> parameters) where TPart : KitPart
    {
        RenderFragment inner = builder =>
        {
            builder.OpenComponent<TPart>(0);
            foreach (var (name, value) in parameters) builder.AddComponentParameter(1, name, value);
            builder.CloseComponent();
        };
        return Render(typeof(CascadingValue<Frame>), new() { ["Value"] = frame, ["IsFixed"] = true, ["ChildContent"] = inner });
    }

    public static async Task<string> Render(Type component, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(Services, Services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>One element a line, ids of operations replaced, white space made one: what a golden file keeps.</summary>
    public static string Tidy(string html)
    {
        var tidy = Operation().Replace(html, "name=\"operation\" value=\"…\"");
        tidy = Spaces().Replace(tidy, " ");
        tidy = Between().Replace(tidy, ">\n<").Replace("> <", ">\n<", StringComparison.Ordinal);
        return tidy.Trim() + "\n";
    }

    [GeneratedRegex("name=\"operation\" value=\"[0-9a-f-]{36}\"")]
    private static partial Regex Operation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@">\s*<(?=/?(div|section|form|ul|ol|li|table|thead|tbody|tr|th|td|dl|dt|dd|fieldset|legend|header|main|nav|details|summary|h\d|p|input|button|select|option|textarea|label)\b)")]
    private static partial Regex Between();
}
