using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ClientConnect.Host.Composition;

/// <summary>Plugs the portal's screens in: static components, and the policy that keeps everything else out of a page.</summary>
public static class Screens
{
    /// <summary>The content security policy of every page but the one that holds the designer.</summary>
    public const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        services.AddRazorComponents();

        // The default writes each Chinese character as eight: pages would be four times as long and no safer.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services;
    }
}
