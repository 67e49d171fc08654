using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    public partial class AddMilestones : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "milestones",
                schema: "requests",
                table: "service_request",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "milestones",
                schema: "requests",
                table: "service_request");
        }
    }
}
