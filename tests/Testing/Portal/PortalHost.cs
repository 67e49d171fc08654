using ClientConnect.Testing.Database;
using ClientConnect.Workflows.EServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Testing.Portal;

/// <summary>The host in this process, on a real Kestrel and a free port: quick to start, and the debugger sees into it.</summary>
public sealed class PortalHost : PortalUnderTest
{
    // Reading the folders of all eServices takes a host longer than all else of its start: the hosts of one process share what was read.
    private static readonly Lazy<Task<BundleLoader>> Folders = new(async () =>
        await BundleLoader.CreateAsync(await WorkflowsFolder.ReadAsync(Path.Combine(AppContext.BaseDirectory, "workflows"), CancellationToken.None), CancellationToken.None));

    private readonly WebApplicationFactory<Program> factory;

    private PortalHost(WebApplicationFactory<Program> factory)
    {
        this.factory = factory;
        factory.UseKestrel(0);
        factory.StartServer();
        var addresses = factory.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        Address = new Uri(addresses.Addresses.First());
    }

    public override Uri Address { get; }

    /// <summary>The host's own services: for what has no door of its own, such as a tick now. Not for looking at results.</summary>
    public IServiceProvider Services => factory.Services;

    /// <param name="overrides">Settings in the form of environment variables (<c>Mail__Port</c>), the last word.</param>
    public static async Task<PortalHost> StartAsync(TestDatabase database, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var folders = overrides?.ContainsKey("Workflows__Folder") == true ? null : await Folders.Value;
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            if (folders is not null) web.ConfigureTestServices(services => services.AddSingleton(folders));
            web.UseEnvironment("Development");
            web.UseContentRoot(Repository.HostFolder);
            web.UseSetting("urls", "http://127.0.0.1:0");
            web.UseSetting("ConnectionStrings:ClientConnect", database.ConnectionString);
            web.UseSetting("ConnectionStrings:Owner", database.OwnerConnectionString);
            foreach (var (name, value) in overrides ?? new Dictionary<string, string>())
            {
                web.UseSetting(name.Replace("__", ":", StringComparison.Ordinal), value);
            }
        });
        var portal = new PortalHost(factory);
        await Readiness.WaitAsync(portal.Address, () => null, () => "");
        return portal;
    }

    public override ValueTask DisposeAsync() => factory.DisposeAsync();
}
