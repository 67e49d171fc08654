using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Production runs over https, by itself or behind a proxy that it was told to trust (<c>TrustedProxies</c>: addresses or networks,
/// separated by commas). From anybody else, <c>X-Forwarded-*</c> is not believed.
/// </summary>
internal static class TransportSecurity
{
    public static WebApplicationBuilder AddTransportSecurity(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var proxies = TrustedProxies(builder.Configuration);
        if (builder.Environment.IsProduction() && proxies.Count == 0 && !ListensOnHttps(builder.Configuration))
        {
            throw new InvalidOperationException(
                "In Production the portal needs https: give it an https address (ASPNETCORE_URLS, Kestrel:Endpoints) or name the proxy that has one (TrustedProxies).");
        }

        if (proxies.Count > 0)
        {
            builder.Services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
                proxies.ForEach(options.KnownIPNetworks.Add);
            });
        }

        return builder;
    }

    /// <summary>First of all middleware: the rest should see the address and scheme that the person used.</summary>
    public static WebApplication UseTransportSecurity(this WebApplication app)
    {
        if (TrustedProxies(app.Configuration).Count > 0)
        {
            app.UseForwardedHeaders();
        }

        return app;
    }

    private static List<IPNetwork> TrustedProxies(IConfiguration configuration) =>
        [.. (configuration["TrustedProxies"] ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)];

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new InvalidOperationException($"TrustedProxies: \"{text}\" is neither an address nor a network.");
    }

    private static bool ListensOnHttps(ConfigurationManager configuration) =>
        (configuration["urls"] ?? string.Empty).Contains("https://", StringComparison.OrdinalIgnoreCase)
        || !string.IsNullOrEmpty(configuration["https_ports"])
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any(e => e["Url"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true);
}
