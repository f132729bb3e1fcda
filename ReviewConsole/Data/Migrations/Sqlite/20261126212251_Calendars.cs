using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReviewConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Calendars : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "WarnAt",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Warned",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            // The clocks that run already: received, open, claimed, or returned when they were overdue before.
            migrationBuilder.Sql("""update "Cases" set "WarnAt" = "HalfAt" where "State" in (0, 1, 2) or ("State" = 3 and "Paused" = 0)""");

            migrationBuilder.CreateTable(
                name: "CalendarRevisions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    EffectiveAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    Expected = table.Column<int>(type: "INTEGER", nullable: false),
                    Retargeted = table.Column<int>(type: "INTEGER", nullable: false),
                    Retarget = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarRevisions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClockWarnings",
                columns: table => new
                {
                    Case = table.Column<Guid>(type: "TEXT", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Queue = table.Column<string>(type: "TEXT", nullable: false),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    TellAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClockWarnings", x => new { x.Case, x.Level });
                });

            migrationBuilder.CreateTable(
                name: "QueuePolicies",
                columns: table => new
                {
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    Queue = table.Column<string>(type: "TEXT", nullable: false),
                    Policy = table.Column<string>(type: "TEXT", nullable: false),
                    EffectiveAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QueuePolicies", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "ReadMarks",
                columns: table => new
                {
                    User = table.Column<Guid>(type: "TEXT", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReadMarks", x => x.User);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Warn",
                table: "Cases",
                column: "WarnAt",
                filter: "\"WarnAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CalendarRevisions_Sequence",
                table: "CalendarRevisions",
                column: "Sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClockWarnings_TellAt",
                table: "ClockWarnings",
                column: "TellAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CalendarRevisions");

            migrationBuilder.DropTable(
                name: "ClockWarnings");

            migrationBuilder.DropTable(
                name: "QueuePolicies");

            migrationBuilder.DropTable(
                name: "ReadMarks");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Warn",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "WarnAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Warned",
                table: "Cases");
        }
    }
}
