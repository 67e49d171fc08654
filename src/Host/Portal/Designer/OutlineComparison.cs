using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Changes;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>Two releases told side by side: what parts them in sentences, and which lines of their outlines only one of them has.</summary>
internal static class OutlineComparison
{
    public static ChangeView Of(string beforeTitle, EServiceBundle before, string afterTitle, EServiceBundle after)
    {
        var (left, right) = (FlowOutline.Lines(before.Flow, before.Labels), FlowOutline.Lines(after.Flow, after.Labels));
        var common = Common(left, right, IsSameAtAnyDepth(left, right) ? (a, b) => a == b : (a, b) => a with { Depth = b.Depth } == b);
        return new ChangeView(
            beforeTitle, [.. left.Select((line, i) => new MarkedLine(line, !common.Left.Contains(i)))],
            afterTitle, [.. right.Select((line, i) => new MarkedLine(line, !common.Right.Contains(i)))],
            [.. ReleaseDifference.Between(before, after).Changes.Select(c => c.Words)])
        {
            Places = Places(left.Count, right.Count, common.Left, common.Right),
        };
    }

    // A line that only stands deeper, behind a step that came in before it, is the same line; where all else is the same, its depth is the difference.
    private static bool IsSameAtAnyDepth(IReadOnlyList<OutlineLine> left, IReadOnlyList<OutlineLine> right) =>
        left.Select(l => l with { Depth = 0 }).SequenceEqual(right.Select(l => l with { Depth = 0 }));

    // Between two lines in common that follow each other on both sides nothing differs; what else lies between two is one place.
    private static int Places(int left, int right, HashSet<int> inLeft, HashSet<int> inRight)
    {
        var (places, i, j) = (0, 0, 0);
        while (i < left || j < right)
        {
            if (inLeft.Contains(i) && inRight.Contains(j))
            {
                i++;
                j++;
                continue;
            }

            places++;
            while (i < left && !inLeft.Contains(i)) i++;
            while (j < right && !inRight.Contains(j)) j++;
        }

        return places;
    }

    // The longest lines in common, in order: a flow has some hundred lines.
    private static (HashSet<int> Left, HashSet<int> Right) Common(IReadOnlyList<OutlineLine> left, IReadOnlyList<OutlineLine> right, Func<OutlineLine, OutlineLine, bool> isSame)
    {
        var longest = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
        {
            for (var j = right.Count - 1; j >= 0; j--)
            {
                longest[i, j] = isSame(left[i], right[j]) ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var (inLeft, inRight) = (new HashSet<int>(), new HashSet<int>());
        for (var (i, j) = (0, 0); i < left.Count && j < right.Count;)
        {
            if (isSame(left[i], right[j]))
            {
                inLeft.Add(i++);
                inRight.Add(j++);
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (inLeft, inRight);
    }
}
