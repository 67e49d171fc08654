using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>Templates that a test names by what it needs.</summary>
internal sealed class Mails : IMailTemplates
{
    public const string Plain = "Subject: {{ request.number }} was returned\n\nDear {{ recipient.name }},\n\nPlease correct it.\n\n[Open the request]({{ request.url }})\n";

    private readonly Dictionary<string, string> texts = new() { ["returned"] = Plain };

    public string? this[string template]
    {
        set => texts[template] = value!;
    }

    public string? Find(string? bundleHash, string template, string language) => texts.GetValueOrDefault(template);

    public string Layout(string? bundleHash) => SharedLayout;

    public static string SharedLayout => File.ReadAllText(Path.Combine(ClientConnect.Testing.Repository.Workflows, "_shared", "mail", "layout.liquid"));

    public static string Model(string name = "Chan Tai Man", int number = 17) => new JsonObject
    {
        ["request"] = new JsonObject { ["number"] = $"SET1-20261123-{number.ToString("00000", CultureInfo.InvariantCulture)}", ["url"] = "https://portal.example/requests/1" },
        ["firm"] = new JsonObject { ["name"] = name },
    }.ToJsonString();
}
