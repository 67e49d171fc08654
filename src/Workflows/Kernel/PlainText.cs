namespace ClientConnect.Workflows.Kernel;

/// <summary>What may stand in a text that people write for people.</summary>
public static class PlainText
{
    /// <summary>Control characters, and the marks that make text read in another order than it is stored.</summary>
    /// <param name="hasLines">Ends of lines and tabs are part of it.</param>
    public static bool HasHarmful(string text, bool hasLines)
    {
        foreach (var c in text)
        {
            if (IsHarmful(c) && !(hasLines && c is '\n' or '\t'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHarmful(char c) => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
