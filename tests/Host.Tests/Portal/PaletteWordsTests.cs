using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Sentences about a drawing call things as Studio's palette and panels do.</summary>
public sealed class PaletteWordsTests
{
    [Fact]
    public void Every_step_every_input_and_every_status_is_called_as_the_palette_calls_it()
    {
        Assert.All(FlowVocabulary.All, type => Assert.Equal(Words.Of("palette.step." + type.Name.Split('.')[^1], "en"), PaletteWords.Step(type.Name)));
        Assert.All(FlowVocabulary.All.SelectMany(t => t.Inputs), input => Assert.Equal(Words.Of("palette.input." + input.Name, "en"), PaletteWords.Input(input.Name)));
        Assert.All(FlowVocabulary.Statuses, status => Assert.Equal(Words.Of(Words.KeyFor("status." + status, isClearingHouse: true), "en"), PaletteWords.Status(status)));
    }
}
