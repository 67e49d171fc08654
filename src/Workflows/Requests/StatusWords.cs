using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>A status in words, the same in mails and on every screen: adjectives, few, sentence case.</summary>
public static class StatusWords
{
    public static LocalText Words(this RequestStatus status) => status switch
    {
        RequestStatus.Draft => new("Draft", "草稿", "草稿"),
        RequestStatus.PendingChecker => new("With your checker", "待覆核人覆核", "待复核人复核"),
        RequestStatus.ReturnedByChecker => new("Returned to you", "已退回填表人", "已退回填表人"),
        RequestStatus.RejectedByChecker => new("Rejected by checker", "覆核人已否決", "复核人已否决"),
        RequestStatus.Submitted => new("Sent", "已提交", "已提交"),
        RequestStatus.Processing => new("In review", "審核中", "审核中"),
        RequestStatus.ReturnedByHkex => new("Returned for correction", "已退回更正", "已退回更正"),
        RequestStatus.PendingHkexApproval => new("With second reviewer", "待複審", "待复审"),
        RequestStatus.Approved => new("Approved", "已批准", "已批准"),
        RequestStatus.PartiallyApproved => new("Partially approved", "部分批准", "部分批准"),
        RequestStatus.Completed => new("Completed", "已完成", "已完成"),
        RequestStatus.RejectedByHkex => new("Rejected", "已拒絕", "已拒绝"),
        RequestStatus.Withdrawn => new("Withdrawn", "已撤回", "已撤回"),
        RequestStatus.Expired => new("Expired", "已逾期", "已逾期"),
        RequestStatus.Cancelled => new("Cancelled", "已取消", "已取消"),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
