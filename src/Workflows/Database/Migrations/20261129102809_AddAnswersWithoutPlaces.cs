using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129102809_AddAnswersWithoutPlaces")]
    internal class AddAnswersWithoutPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "enrolment_has_places",
                schema: "enrolment",
                table: "enrolment");

            migrationBuilder.AddCheckConstraint(
                name: "enrolment_has_places",
                schema: "enrolment",
                table: "enrolment",
                sql: "places >= 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "enrolment_has_places",
                schema: "enrolment",
                table: "enrolment");

            migrationBuilder.AddCheckConstraint(
                name: "enrolment_has_places",
                schema: "enrolment",
                table: "enrolment",
                sql: "places > 0");
        }
    }
}
