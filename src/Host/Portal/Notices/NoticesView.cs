using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Kit;

namespace ClientConnect.Host.Portal.Notices;

/// <summary>The viewer's notices, newest first.</summary>
public sealed record NoticesView(IReadOnlyList<NoticeRow> Notices, PageOfMany Page);
