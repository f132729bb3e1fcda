using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Keys;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Data.Mapping;

internal static class RecordMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<ELicenceApplication>(table =>
        {
            table.ToTable("ELicenceApplications");
            table.Property(a => a.Licence).SealedJson(cipher, "ELicenceApplications.Licence");
        });
        model.Entity<IdPhotoSubmission>(table =>
        {
            table.ToTable("IdPhotoSubmissions");
            table.Property(s => s.Validity).HasConversion(validity => Write(validity), stored => Read(stored));
        });
        model.Entity<Picture>(table =>
        {
            table.ToTable("Pictures");
            table.Property(p => p.Facts).AsJson();
            table.Property(p => p.Report).AsJson();
            table.HasIndex(p => new { p.Subject, p.Round });
            table.HasIndex(p => p.ContentMark);
        });
        model.Entity<ELicence>(table =>
        {
            table.ToTable("ELicences");
            table.HasKey(e => e.Id);
            // An applicant has at most one e-licence in force.
            table.HasIndex(e => e.ApplicantId).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
            table.HasIndex(e => e.CaseId);
            table.Ignore(e => e.Happened);
        });
        model.Entity<LicenceRecord>(table =>
        {
            table.ToTable("LicenceRecords");
            table.HasKey(r => r.DocumentIndex);
            table.Property(r => r.Licence).SealedJson(cipher, "LicenceRecords.Licence");
        });
        model.Entity<RefusedIntake>(table =>
        {
            table.ToTable("RefusedIntakes");
            table.Property(r => r.Evidence).Sealed(cipher, "RefusedIntakes.Evidence", text => text, text => text);
            table.HasIndex(r => r.At);
            table.HasIndex(r => r.DocumentIndex);
        });
        model.Entity<IdempotentAnswer>(table =>
        {
            table.ToTable("IdempotentAnswers");
            table.HasKey(a => new { a.Client, a.Key });
        });
        model.Entity<ApiClient>().ToTable("ApiClients");
        model.Entity<PutBack>(table =>
        {
            table.ToTable("PutBacks");
            table.HasKey(p => new { p.Case, p.Reviewer });
        });
        model.Entity<CaseDraft>(table =>
        {
            table.ToTable("Drafts");
            table.HasKey(d => new { d.Case, d.Reviewer });
            table.Property(d => d.Content).Sealed(cipher, "Drafts.Content", text => text, text => text);
        });
        model.Entity<CaseReason>(table =>
        {
            table.ToTable("CaseReasons");
            table.HasKey(r => new { r.Reason, r.Case });
            table.Property(r => r.Reason).HasMaxLength(40);
        });
        model.Entity<Mention>(table =>
        {
            table.ToTable("Mentions");
            table.HasIndex(m => new { m.User, m.TellAt });
            table.HasIndex(m => m.Case);
        });
        model.Entity<SavedView>(table =>
        {
            table.ToTable("SavedViews");
            table.Property(v => v.Name).Sealed(cipher, "SavedViews.Name", text => text, text => text);
            table.HasIndex(v => v.User);
        });
        model.Entity<CalendarVersion>(table =>
        {
            table.ToTable("Calendars");
            table.HasKey(c => c.Version);
        });
        model.Entity<CalendarRevision>(table =>
        {
            table.ToTable("CalendarRevisions");
            table.HasIndex(r => r.Sequence).IsUnique();
        });
        model.Entity<QueuePolicy>(table =>
        {
            table.ToTable("QueuePolicies");
            table.HasKey(p => p.Sequence);
            table.Property(p => p.Sequence).ValueGeneratedNever();
        });
        model.Entity<ClockWarning>(table =>
        {
            table.ToTable("ClockWarnings");
            table.HasKey(w => new { w.Case, w.Level });
            table.HasIndex(w => w.TellAt);
        });
        model.Entity<ReadMark>(table =>
        {
            table.ToTable("ReadMarks");
            table.HasKey(m => m.User);
        });
        model.Entity<ReceiptCounter>(table =>
        {
            table.ToTable("ReceiptCounters");
            table.HasKey(c => c.Series);
        });
        model.Entity<AuditEntry>(table =>
        {
            table.ToTable("AuditEntries");
            table.Property(e => e.Id).ValueGeneratedOnAdd();
            table.HasIndex(e => new { e.Stream, e.Sequence }).IsUnique();
            table.HasIndex(e => e.At);
            table.HasIndex(e => new { e.Actor, e.Id });
            table.HasIndex(e => new { e.Kind, e.Id });
        });
        model.Entity<AuditHead>(table =>
        {
            table.ToTable("AuditHeads");
            table.HasKey(h => h.Stream);
        });
        model.Entity<OutboxMessage>(table =>
        {
            table.ToTable("Outbox");
            table.HasIndex(m => new { m.Topic, m.DueAt });
        });
        model.Entity<Rollup>(table =>
        {
            table.ToTable("Rollups");
            table.HasKey(r => new { r.Metric, r.Queue, r.Authority, r.Slot, r.Key });
        });
    }

    private static string Write(CardValidity validity) => $"{validity.From:yyyy-MM-dd}/{validity.To:yyyy-MM-dd}";

    private static CardValidity Read(string stored)
    {
        var (from, to) = (stored[..10], stored[11..]);
        return CardValidity.TryCreate(Date(from), to.Length == 0 ? null : Date(to), out var validity, out _)
            ? validity
            : throw new InvalidDataException("IdPhotoSubmissions.Validity holds a value that was never valid.");
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
