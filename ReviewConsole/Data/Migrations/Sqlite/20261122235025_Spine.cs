using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReviewConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Spine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Unclosed",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "HomeAuthority",
                table: "Cases",
                type: "TEXT",
                maxLength: 8,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "OnTime",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Prefetched",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "DisabledAt",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DocumentIndex",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "OnDuty",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "PreviousKeyHash",
                table: "ApiClients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PreviousKeyUntil",
                table: "ApiClients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RequestsPerMinute",
                table: "ApiClients",
                type: "INTEGER",
                nullable: false,
                defaultValue: 600);

            // What older rows would have had: they never changed hands, and a case that lapsed had been paused in time.
            migrationBuilder.Sql(
                """
                update "Cases" set "HomeAuthority" = "Authority";
                update "Cases" set "OnTime" = (coalesce("DecidedAt", "ClosedAt") < "DueAt" or "Outcome" = 3) where "State" = 5;
                """);

            migrationBuilder.CreateTable(
                name: "Recusals",
                columns: table => new
                {
                    Reviewer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Case = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Recusals", x => new { x.Case, x.Reviewer });
                    table.ForeignKey(
                        name: "FK_Recusals_Cases_Case",
                        column: x => x.Case,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SentIdentities",
                columns: table => new
                {
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    Applicant = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    NameIndex = table.Column<string>(type: "TEXT", nullable: false),
                    Phone = table.Column<string>(type: "TEXT", nullable: false),
                    PhoneIndex = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentIdentities", x => x.Subject);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed",
                table: "Cases",
                columns: new[] { "Queue", "ClosedAt", "Id", "Authority" },
                filter: "\"State\" = 5");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Returned",
                table: "Cases",
                columns: new[] { "Queue", "DueAt", "Id", "Authority" },
                filter: "\"State\" = 3");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Unclosed",
                table: "Cases",
                columns: new[] { "Queue", "DueAt", "Id", "Authority" },
                filter: "\"State\" <> 5");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Actor_Id",
                table: "AuditEntries",
                columns: new[] { "Actor", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Kind_Id",
                table: "AuditEntries",
                columns: new[] { "Kind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SentIdentities_Applicant",
                table: "SentIdentities",
                column: "Applicant");

            migrationBuilder.CreateIndex(
                name: "IX_SentIdentities_PhoneIndex",
                table: "SentIdentities",
                column: "PhoneIndex");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Recusals");

            migrationBuilder.DropTable(
                name: "SentIdentities");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Returned",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Unclosed",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Actor_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Kind_Id",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "HomeAuthority",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "OnTime",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Prefetched",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "DisabledAt",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "DocumentIndex",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "OnDuty",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "PreviousKeyHash",
                table: "ApiClients");

            migrationBuilder.DropColumn(
                name: "PreviousKeyUntil",
                table: "ApiClients");

            migrationBuilder.DropColumn(
                name: "RequestsPerMinute",
                table: "ApiClients");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed",
                table: "Cases",
                columns: new[] { "Queue", "ClosedAt", "Id" },
                filter: "\"State\" = 5");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Unclosed",
                table: "Cases",
                columns: new[] { "Queue", "DueAt", "Id" },
                filter: "\"State\" <> 5");
        }
    }
}
