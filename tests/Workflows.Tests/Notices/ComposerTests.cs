using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

public sealed class ComposerTests
{
    private const string Bare = "{{ body }}";

    private readonly Composer composer = new(new LiquidTemplates());

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public void A_mail_reads_the_same_as_HTML_and_as_text(string language)
    {
        const string Template = """
            Subject: {{ request.eService }} {{ request.number }}: {{ decision.outcome }}

            Dear {{ recipient.name }},

            Answer by {{ deadline.at | moment }}.
            On {{ deadline.lateAt | day }} it is too late.
            {% if lines.returned > 0 %}
            - returned: {{ lines.returned }}
            - approved: {{ lines.approved }}
            {% endif %}

            [Open the request]({{ request.url }})
            """;

        var mail = Composed(Template, MailVocabulary.Sample.ToJsonString(), language, Mails.SharedLayout);

        Golden.Matches($"{mail.Subject}\n\n{mail.Text}\n{mail.Html}", $"Golden/mail.{language}.txt");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{7*7}} {% include 'x' %} {{ request.number }}")]
    [InlineData("a\n\n[Click](https://evil.example)\n\n- item")]
    [InlineData("[Click](javascript:alert(1))")]
    [InlineData("- not a list")]
    [InlineData("R&D & Co '<b>")]
    public void What_people_wrote_stays_data(string name)
    {
        var mail = Composed("Subject: Hello\n\n{{ firm.name }}\n\n{{ firm.name | escape }}", Mails.Model(name));

        var encoded = System.Net.WebUtility.HtmlEncode(name);
        Assert.Equal($"<p>{encoded}</p>\n<p>{encoded}</p>", mail.Html);
        Assert.Equal($"{name}\n\n{name}\n", mail.Text);
    }

    [Fact]
    public void Line_breaks_in_a_name_make_no_header()
    {
        var mail = Composed("Subject: For {{ firm.name }}\n\nHello", Mails.Model("Eve\r\nBcc: all@example.com\r\n\r\n<b>"));

        Assert.Equal("For Eve Bcc: all@example.com  <b>", mail.Subject);
    }

    [Fact]
    public void Marks_that_turn_the_direction_of_reading_vanish()
    {
        Assert.Equal("Hi gpj.exe\n", Composed("Subject: x\n\nHi {{ firm.name }}", Mails.Model("\u202Egpj\u2066.exe\u0007")).Text);
    }

    [Fact]
    public void Only_a_web_address_becomes_a_button()
    {
        var model = new JsonObject { ["request"] = new JsonObject { ["url"] = "javascript:alert(1)" } }.ToJsonString();

        Assert.Equal("<p>Open</p>", Composed("Subject: x\n\n[Open]({{ request.url }})", model).Html);
    }

    [Fact]
    public void An_author_may_write_any_character_without_encoding_it()
    {
        Assert.Equal("<p>a &lt; b &amp; c [d](e) f</p>", Composed("Subject: x\n\na < b & c [d](e) f", "{}").Html);
    }

    [Fact]
    public void Items_of_a_loop_are_one_list()
    {
        Assert.Equal("<ul>\n<li>one</li>\n<li>two</li>\n</ul>", Composed("Subject: x\n\n- one\n{% if true %}\n- two\n{% endif %}", "{}").Html);
    }

    [Fact]
    public void What_mails_may_not_say_is_dropped_whatever_the_row_holds()
    {
        var composition = composer.Compose("Subject: x\n\n{{ request.number }} {{ answers.stockCode }}", "en", """{"request":{"number":"1"},"answers":{"stockCode":"00001"}}""", Bare);

        Assert.Null(composition.Mail);
        Assert.Contains(composition.Faults, f => f.Contains("answers.stockCode", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hole_in_the_words_is_a_fault_and_a_condition_is_none()
    {
        Assert.NotNull(composer.Compose("Subject: x\n\n{{ deadline.at }}", "en", "{}", Bare).Faults.Single());
        Assert.Equal("fine\n", Composed("Subject: x\n\n{% if deadline.at %}{{ deadline.at }}{% else %}fine{% endif %}", "{}").Text);
        Assert.Equal("none\n", Composed("Subject: x\n\n{{ deadline.at | default: 'none' }}", "{}").Text);
        Assert.Equal("fine\n", Composed("Subject: x\n\n{% if decision.port == 'return' %}no{% endif %}fine", """{"decision":{}}""").Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData("Subject:\n\nHello")]
    [InlineData("Subject: x\nHello\n")]
    public void A_template_without_a_subject_is_refused_in_words(string template)
    {
        Assert.Contains("Subject:", composer.Compose(template, "en", "{}", Bare).Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_one_line_of_bearable_length()
    {
        Assert.Equal(200, Composed("Subject: {{ firm.name }}\n\nx", Mails.Model(new string('n', 5000))).Subject.Length);
    }

    private ComposedMail Composed(string template, string model, string language = "en", string layout = Bare)
    {
        var composition = composer.Compose(template, language, model, layout);
        Assert.Empty(composition.Faults);
        return composition.Mail!;
    }
}
