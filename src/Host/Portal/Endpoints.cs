using ClientConnect.Host.Portal.Access;

namespace ClientConnect.Host.Portal;

/// <summary>All pages of the portal; each module maps its own.</summary>
internal static class Endpoints
{
    public static void AddPortal(this WebApplicationBuilder builder) => builder.Services.AddRazorComponents();

    public static void MapPortal(this WebApplication app)
    {
        app.MapSignIn();
    }
}
