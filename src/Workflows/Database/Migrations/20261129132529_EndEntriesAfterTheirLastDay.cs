using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129132529_EndEntriesAfterTheirLastDay")]
    internal class EndEntriesAfterTheirLastDay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "ended_after",
                schema: "register",
                table: "entry",
                type: "date",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ended_after",
                schema: "register",
                table: "entry");
        }
    }
}
