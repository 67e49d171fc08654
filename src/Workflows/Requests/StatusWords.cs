using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>A status in words, the same in mails and on every screen: adjectives, few, sentence case.</summary>
public static class StatusWords
{
    public static LocalText Words(this RequestStatus status) => status switch
    {
        RequestStatus.Draft => new("Draft", "草稿", "草稿"),
        RequestStatus.PendingChecker => new("With your checker", "待覆核人處理", "待复核人处理"),
        RequestStatus.ReturnedByChecker => new("Returned by your checker", "被覆核人退回", "被复核人退回"),
        RequestStatus.RejectedByChecker => new("Rejected by your checker", "被覆核人拒絕", "被复核人拒绝"),
        RequestStatus.Submitted => new("Sent", "已送出", "已送出"),
        RequestStatus.Processing => new("In review", "審核中", "审核中"),
        RequestStatus.ReturnedByHkex => new("Returned to you", "已退回給你", "已退回给你"),
        RequestStatus.PendingHkexApproval => new("With second reviewer", "待第二審核人處理", "待第二审核人处理"),
        RequestStatus.Approved => new("Approved", "已批准", "已批准"),
        RequestStatus.PartiallyApproved => new("Partially approved", "部分批准", "部分批准"),
        RequestStatus.Completed => new("Completed", "已完成", "已完成"),
        RequestStatus.RejectedByHkex => new("Rejected", "已拒絕", "已拒绝"),
        RequestStatus.Withdrawn => new("Withdrawn", "已撤回", "已撤回"),
        RequestStatus.Expired => new("Expired", "已失效", "已失效"),
        RequestStatus.Cancelled => new("Cancelled", "已取消", "已取消"),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
