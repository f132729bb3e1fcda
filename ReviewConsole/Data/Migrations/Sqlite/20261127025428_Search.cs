using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReviewConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Density",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: false,
                defaultValue: "comfortable");

            migrationBuilder.CreateTable(
                name: "CaseReasons",
                columns: table => new
                {
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Case = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseReasons", x => new { x.Reason, x.Case });
                });

            migrationBuilder.CreateTable(
                name: "Mentions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Case = table.Column<Guid>(type: "TEXT", nullable: false),
                    User = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    TellAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mentions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    User = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    SavedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SentIdentities_NameIndex",
                table: "SentIdentities",
                column: "NameIndex");

            migrationBuilder.CreateIndex(
                name: "IX_Mentions_Case",
                table: "Mentions",
                column: "Case");

            migrationBuilder.CreateIndex(
                name: "IX_Mentions_User_TellAt",
                table: "Mentions",
                columns: new[] { "User", "TellAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_User",
                table: "SavedViews",
                column: "User");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseReasons");

            migrationBuilder.DropTable(
                name: "Mentions");

            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropIndex(
                name: "IX_SentIdentities_NameIndex",
                table: "SentIdentities");

            migrationBuilder.DropColumn(
                name: "Density",
                table: "AspNetUsers");
        }
    }
}
