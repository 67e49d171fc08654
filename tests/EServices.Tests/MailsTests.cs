using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.EServices.Tests;

/// <summary>
/// Every mail that an eService can send, in its three languages, as people read it. That the portal finds a mail's words for what really
/// happened, the stories show; here they are read.
/// </summary>
public sealed class MailsTests
{
    private static readonly Composer Composer = new(new LiquidTemplates());

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task Every_mail_reads_as_it_was_agreed(string key)
    {
        var bundle = await Folders.BundleAsync(key);
        var sent = bundle.Flow.Templates.Append(bundle.Service.Withdrawal?.Template).Append(bundle.Service.Cancellation?.Template).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        foreach (var (name, language) in sent.SelectMany(name => LocalText.Languages.Select(language => (name, language))))
        {
            var isOfLines = bundle.Mails[name][language].Contains("lines.back", StringComparison.Ordinal);
            var worded = new[] { InPart(bundle), isOfLines ? AllCameBack(bundle) : InFull(bundle) }.Concat(bundle.ReturnsLines ? [OfTheRest(bundle), WithTheRest(bundle)] : []).Select(model => Worded(bundle, name, language, model)).Distinct(StringComparer.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"──── {name}, {language}\n{string.Join("── or\n", worded)}\n");
        }

        Golden.Matches(text.ToString(), $"Golden/mails/{key}.txt");
        Assert.DoesNotContain(bundle.Mails.Keys.Except(sent), name => IsItsOwn(key, name));
    }

    private static string Worded(EServiceBundle bundle, string name, string language, JsonObject model)
    {
        var composed = Composer.Compose(bundle.Mails[name][language], language, model.ToJsonString(), bundle.Layout);
        Assert.Empty(composed.Faults);
        return $"{composed.Mail!.Subject}\n\n{composed.Mail.Text.TrimEnd()}\n";
    }

    // Lines of every outcome.
    private static JsonObject InPart(EServiceBundle bundle)
    {
        var model = MailVocabulary.Sample;
        var request = (JsonObject)model["request"]!;
        request["number"] = $"{bundle.Service.Code}-20261123-00017";
        request["eService"] = Words(bundle.Service.Name);
        request["status"] = Words(RequestStatus.Approved.Words());
        return model;
    }

    private static JsonObject InFull(EServiceBundle bundle)
    {
        var model = InPart(bundle);
        model["lines"] = new JsonObject { ["asked"] = 1, ["approved"] = 1, ["granted"] = new JsonArray(1), ["inPart"] = 0, ["rejected"] = 0, ["returned"] = 0, ["standing"] = 0, ["waiting"] = 0 };
        return model;
    }

    private static JsonObject AllCameBack(EServiceBundle bundle)
    {
        var model = InPart(bundle);
        model["lines"] = new JsonObject { ["asked"] = 1, ["approved"] = 0, ["inPart"] = 0, ["rejected"] = 0, ["returned"] = 1, ["standing"] = 0, ["waiting"] = 0, ["back"] = new JsonArray(new JsonObject { ["number"] = 1, ["reason"] = null }) };
        return model;
    }

    // Two lines were decided before the others came back.
    private static JsonObject OfTheRest(EServiceBundle bundle)
    {
        var model = InPart(bundle);
        model["lines"]!["standing"] = 2;
        return model;
    }

    // Two lines were approved and wait for the others.
    private static JsonObject WithTheRest(EServiceBundle bundle)
    {
        var model = InPart(bundle);
        model["lines"]!["waiting"] = 2;
        return model;
    }

    private static bool IsItsOwn(string key, string name) => File.Exists(Path.Combine(Repository.Workflows, key, "mail", $"{name}.en.liquid"));

    private static JsonObject Words(LocalText text) => new(LocalText.Languages.Select(l => KeyValuePair.Create(l, (JsonNode?)text.In(l))));
}
