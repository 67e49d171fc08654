using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>A proposal is given back by a second analyst, or taken back by its author; the draft stays as it is.</summary>
public sealed class ReturnProposal(ReleaseDesk desk)
{
    /// <param name="remark">Why; whoever takes the own proposal back needs to give none.</param>
    public Task<Result<Done>> HandleAsync(Viewer viewer, Guid id, string remark, CancellationToken ct) => desk.RunAsync<Done>(
        viewer,
        async db =>
        {
            if (await db.Set<ReleaseProposalRow>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } row) return new NothingHere();
            if (row.State != ProposalState.Open) return new ProposalIsClosed();
            if (ProposeRelease.WhyNotSaid("remark", remark) is { } fault) return new AnswersAreIncomplete([fault]);
            if (string.IsNullOrWhiteSpace(remark) && row.ProposedBy != viewer.User) return new AnswersAreIncomplete([new FieldFault("remark", "required")]);
            (row.State, row.ClosedBy, row.ClosedAt, row.Remark) = (ProposalState.Returned, viewer.User, desk.Now, remark.Trim());
            var news = row.ProposedBy == viewer.User ? ProposalNews.Withdrawn : ProposalNews.Returned;
            await desk.Deeds.AddAsync(db, ReleaseHappening.Returned, desk.Now, viewer, new JsonObject { ["release"] = row.Hash, ["words"] = row.Remark }, [new(news, row) { Words = row.Remark }], ct);
            return Done.Value;
        },
        ct);
}
