using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129104032_AddPublicationNotices")]
    internal class AddPublicationNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "told_at",
                schema: "files",
                table: "publication",
                type: "timestamp with time zone",
                nullable: true);

            // What was published before is nobody's news any more.
            migrationBuilder.Sql("UPDATE files.publication SET told_at = published_at");

            migrationBuilder.AddColumn<Guid>(
                name: "publication_id",
                schema: "notices",
                table: "notice",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_publication_untold",
                schema: "files",
                table: "publication",
                column: "published_at",
                filter: "told_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notice_publication",
                schema: "notices",
                table: "notice",
                columns: new[] { "publication_id", "recipient_id" },
                unique: true,
                filter: "publication_id is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_publication_untold",
                schema: "files",
                table: "publication");

            migrationBuilder.DropIndex(
                name: "ix_notice_publication",
                schema: "notices",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "told_at",
                schema: "files",
                table: "publication");

            migrationBuilder.DropColumn(
                name: "publication_id",
                schema: "notices",
                table: "notice");
        }
    }
}
