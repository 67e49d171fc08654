using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>A person chooses the language of the pages and of the mails to them; it follows them to every device.</summary>
public sealed class ChangeLanguage(IDbContextFactory<PortalDb> databases, ViewerCache viewers)
{
    /// <param name="language">One of <see cref="LocalText.Languages"/>.</param>
    public async Task<Result<Done>> HandleAsync(Viewer viewer, string language, CancellationToken ct)
    {
        if (!LocalText.Languages.Contains(language)) return new AnswersAreIncomplete([new FieldFault("language", "not-an-option")]);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Set<UserRow>().Where(u => u.Id == viewer.User).ExecuteUpdateAsync(u => u.SetProperty(x => x.Language, language), ct);
        viewers.Forget(viewer);
        return Done.Value;
    }
}
