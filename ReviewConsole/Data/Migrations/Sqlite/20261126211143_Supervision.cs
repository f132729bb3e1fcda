using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReviewConsole.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Supervision : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "InHandSince",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Overturned",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Took",
                table: "Cases",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "InHandSince",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Overturned",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Took",
                table: "Cases");
        }
    }
}
