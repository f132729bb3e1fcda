using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReviewConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SecondLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_OneOpen",
                table: "Cases");

            migrationBuilder.AddColumn<bool>(
                name: "DecidedFirst",
                table: "Recusals",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Former",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Original",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SecondLooks",
                columns: table => new
                {
                    Case = table.Column<Guid>(type: "TEXT", nullable: false),
                    Original = table.Column<Guid>(type: "TEXT", nullable: false),
                    Queue = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Authority = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Why = table.Column<int>(type: "INTEGER", nullable: false),
                    SampledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    Proposer = table.Column<Guid>(type: "TEXT", nullable: true),
                    FirstAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SecondBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    SettledBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledWhy = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SecondLooks", x => x.Case);
                });

            migrationBuilder.CreateTable(
                name: "SecondLookRemarks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Look = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SecondLookRemarks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SecondLookRemarks_SecondLooks_Look",
                        column: x => x.Look,
                        principalTable: "SecondLooks",
                        principalColumn: "Case",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OneOpen",
                table: "Cases",
                columns: new[] { "Applicant", "HomeQueue" },
                unique: true,
                filter: "\"State\" <> 5 AND \"Original\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SecondLookRemarks_Look",
                table: "SecondLookRemarks",
                column: "Look");

            migrationBuilder.CreateIndex(
                name: "IX_SecondLooks_Original",
                table: "SecondLooks",
                column: "Original",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SecondLooks_SampledAt",
                table: "SecondLooks",
                columns: new[] { "SampledAt", "Case" });

            migrationBuilder.CreateIndex(
                name: "IX_SecondLooks_State",
                table: "SecondLooks",
                columns: new[] { "State", "SampledAt", "Case" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SecondLookRemarks");

            migrationBuilder.DropTable(
                name: "SecondLooks");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OneOpen",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "DecidedFirst",
                table: "Recusals");

            migrationBuilder.DropColumn(
                name: "Former",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Original",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OneOpen",
                table: "Cases",
                columns: new[] { "Applicant", "HomeQueue" },
                unique: true,
                filter: "\"State\" <> 5");
        }
    }
}
