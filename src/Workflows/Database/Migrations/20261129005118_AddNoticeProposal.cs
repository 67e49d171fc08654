using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129005118_AddNoticeProposal")]
    internal class AddNoticeProposal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "proposal_id",
                schema: "notices",
                table: "notice",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_notice_proposal",
                schema: "notices",
                table: "notice",
                columns: new[] { "proposal_id", "sequence", "recipient_id" },
                unique: true,
                filter: "proposal_id is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_notice_proposal",
                schema: "notices",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "proposal_id",
                schema: "notices",
                table: "notice");
        }
    }
}
