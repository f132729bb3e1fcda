using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Keys;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data.Mapping;

internal static class CaseMapping
{
    /// <summary>Who held the case when its lease ran out and the next one took it; only the claim statement writes it.</summary>
    public const string LapsedHolder = "LapsedHolder";

    public static void Apply(ModelBuilder model, FieldCipher cipher) => model.Entity<ReviewCase>(table =>
    {
        table.ToTable("Cases");
        table.HasKey(c => c.Id);
        table.Property(c => c.ReceiptNumber).HasMaxLength(20);
        table.Property(c => c.Queue).HasMaxLength(32);
        table.Property(c => c.HomeQueue).HasMaxLength(32);
        table.Property(c => c.Authority).HasMaxLength(8);
        table.Property(c => c.HomeAuthority).HasMaxLength(8);
        table.Property<ReviewerId?>(LapsedHolder);
        table.Property(c => c.Version).IsConcurrencyToken();
        table.Property(c => c.Verdict).SealedJson(cipher, "Cases.Verdict");
        table.Property(c => c.Former).SealedJson(cipher, "Cases.Former");
        table.Property(c => c.Proposal).SealedJson(cipher, "Cases.Proposal");
        table.Property(c => c.Asked).SealedJson(cipher, "Cases.Asked");
        table.Ignore(c => c.Happened);
        table.OwnsMany(c => c.Ledger, row =>
        {
            row.ToTable("SlaLedger");
            row.WithOwner().HasForeignKey("Case");
            row.HasKey("Case", "Sequence");
            row.Property(e => e.Sequence).ValueGeneratedNever();
        });
        table.Navigation(c => c.Ledger).UsePropertyAccessMode(PropertyAccessMode.Field);
        table.OwnsMany(c => c.Recusals, row =>
        {
            row.ToTable("Recusals");
            row.WithOwner().HasForeignKey("Case");
            row.HasKey("Case", nameof(Recusal.Reviewer));
        });
        table.Navigation(c => c.Recusals).UsePropertyAccessMode(PropertyAccessMode.Field);

        table.HasIndex(c => c.ReceiptNumber).IsUnique();
        // The seek of a claim: with the authority inside the index the first free case of each is one step away.
        table.HasIndex(c => new { c.Queue, c.Authority, c.Priority, c.DueAt, c.Id }, "IX_Cases_Claim")
            .HasFilter($"\"State\" IN ({(int)CaseState.Open}, {(int)CaseState.Claimed})");
        // The authority at the end lets a list pass over what is out of reach without reading the rows.
        table.HasIndex(c => new { c.Queue, c.DueAt, c.Id, c.Authority }, "IX_Cases_Unclosed").HasFilter($"\"State\" <> {(int)CaseState.Closed}");
        table.HasIndex(c => new { c.Queue, c.DueAt, c.Id, c.Authority }, "IX_Cases_Returned").HasFilter($"\"State\" = {(int)CaseState.Returned}");
        table.HasIndex(c => new { c.Queue, c.ClosedAt, c.Id, c.Authority }, "IX_Cases_Closed").HasFilter($"\"State\" = {(int)CaseState.Closed}");
        // What is to be told next is the first entry.
        table.HasIndex(c => c.WarnAt, "IX_Cases_Warn").HasFilter("\"WarnAt\" IS NOT NULL");
        table.HasIndex(c => c.Holder, "IX_Cases_Holder").HasFilter($"\"State\" = {(int)CaseState.Claimed}");
        // APP-7: at most one open request of a kind; of somebody's decided requests several may be looked at again.
        table.HasIndex(c => new { c.Applicant, c.HomeQueue }, "IX_Cases_OneOpen").IsUnique().HasFilter($"\"State\" <> {(int)CaseState.Closed} AND \"Original\" IS NULL");
        table.HasIndex(c => new { c.Applicant, c.ClosedAt }, "IX_Cases_Applicant");
        table.HasIndex(c => c.Subject);
    });
}
