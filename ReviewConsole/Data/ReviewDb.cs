using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Keys;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Data;

/// <summary>The store, whatever the provider. Written through <see cref="Commit"/> alone, read through <see cref="Reads"/>.</summary>
public abstract class ReviewDb(DbContextOptions options, FieldCipher cipher) : IdentityUserContext<StaffUser, Guid>(options)
{
    /// <summary>Encrypts and indexes what is personal.</summary>
    public FieldCipher Cipher => cipher;

    /// <summary>Cases.</summary>
    public DbSet<ReviewCase> Cases => Set<ReviewCase>();

    /// <summary>Second looks at decided cases.</summary>
    public DbSet<SecondLook> SecondLooks => Set<SecondLook>();

    /// <summary>People whose requests are reviewed.</summary>
    public DbSet<Applicant> Applicants => Set<Applicant>();

    /// <summary>E-licence applications.</summary>
    public DbSet<ELicenceApplication> Applications => Set<ELicenceApplication>();

    /// <summary>ID-photo submissions.</summary>
    public DbSet<IdPhotoSubmission> Submissions => Set<IdPhotoSubmission>();

    /// <summary>Who requests say that they are from.</summary>
    public DbSet<SentIdentity> SentIdentities => Set<SentIdentity>();

    /// <summary>Records of stored pictures.</summary>
    public DbSet<Picture> Pictures => Set<Picture>();

    /// <summary>Issued e-licences.</summary>
    public DbSet<ELicence> ELicences => Set<ELicence>();

    /// <summary>Licences as the back end put them.</summary>
    public DbSet<LicenceRecord> LicenceRecords => Set<LicenceRecord>();

    /// <summary>Notices to applicants.</summary>
    public DbSet<Notice> Notices => Set<Notice>();

    /// <summary>Their deliveries.</summary>
    public DbSet<Delivery> Deliveries => Set<Delivery>();

    /// <summary>Refused intakes.</summary>
    public DbSet<RefusedIntake> RefusedIntakes => Set<RefusedIntake>();

    /// <summary>Answers by idempotency key.</summary>
    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    /// <summary>API clients.</summary>
    public DbSet<ApiClient> ApiClients => Set<ApiClient>();

    /// <summary>Drafts of decisions.</summary>
    public DbSet<CaseDraft> Drafts => Set<CaseDraft>();

    /// <summary>Cases that somebody put back.</summary>
    public DbSet<PutBack> PutBacks => Set<PutBack>();

    /// <summary>Reasons of verdicts, to find cases by.</summary>
    public DbSet<CaseReason> CaseReasons => Set<CaseReason>();

    /// <summary>People named in internal notes.</summary>
    public DbSet<Mention> Mentions => Set<Mention>();

    /// <summary>Lists as people filtered them.</summary>
    public DbSet<SavedView> SavedViews => Set<SavedView>();

    /// <summary>Calendars as they were used.</summary>
    public DbSet<CalendarVersion> Calendars => Set<CalendarVersion>();

    /// <summary>Versions of the calendars' days.</summary>
    public DbSet<CalendarRevision> CalendarRevisions => Set<CalendarRevision>();

    /// <summary>Versions of the queues' rules.</summary>
    public DbSet<QueuePolicy> QueuePolicies => Set<QueuePolicy>();

    /// <summary>States of clocks that people are told of.</summary>
    public DbSet<ClockWarning> ClockWarnings => Set<ClockWarning>();

    /// <summary>How far each person has read what was told.</summary>
    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();

    /// <summary>Receipt numbers given out.</summary>
    public DbSet<ReceiptCounter> ReceiptCounters => Set<ReceiptCounter>();

    /// <summary>The audit log.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>The last link of each stream of the audit log.</summary>
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    /// <summary>Work that waits to be done.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Numbers for the screens.</summary>
    public DbSet<Rollup> Rollups => Set<Rollup>();

    /// <summary>Blind index of a person's document.</summary>
    public string IndexOf(IdentityDocument document) => cipher.BlindIndex($"{document.Kind}:{document.Number}", "document");

    /// <summary>Blind index of a phone number.</summary>
    public string IndexOf(PhoneNumber phone) => cipher.BlindIndex(phone.Value, "phone");

    /// <summary>Blind index of a whole name.</summary>
    public string IndexOf(PersonName name) => cipher.BlindIndex(name.Value, "name");

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Applicant>().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            entry.Property<string>(ApplicantMapping.DocumentIndex).CurrentValue = IndexOf(entry.Entity.Document);
            entry.Property<string>(ApplicantMapping.PhoneIndex).CurrentValue = IndexOf(entry.Entity.Phone);
            entry.Property<string>(ApplicantMapping.NameIndex).CurrentValue = IndexOf(entry.Entity.Name);
        }

        foreach (var entry in ChangeTracker.Entries<ReviewCase>().Where(e => e.State is EntityState.Modified).ToList())
        {
            entry.Property(c => c.Version).CurrentValue++;
            var (was, now) = (entry.Property(c => c.Verdict).OriginalValue?.Reasons ?? [], entry.Entity.Verdict?.Reasons ?? []);
            CaseReasons.RemoveRange(was.Except(now).Select(reason => new CaseReason { Reason = reason, Case = entry.Entity.Id }));
            CaseReasons.AddRange(now.Except(was).Select(reason => new CaseReason { Reason = reason, Case = entry.Entity.Id }));
        }

        foreach (var entry in ChangeTracker.Entries<SecondLook>().Where(e => e.State is EntityState.Modified))
            entry.Property(l => l.Version).CurrentValue++;
        // Identity writes whole rows as it read them: with a new stamp for each change it cannot undo what was committed meanwhile.
        foreach (var entry in ChangeTracker.Entries<StaffUser>().Where(e => e.State is EntityState.Modified))
            entry.Property(u => u.ConcurrencyStamp).CurrentValue = Guid.NewGuid().ToString("N");
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        CaseMapping.Apply(builder, cipher);
        SecondLookMapping.Apply(builder, cipher);
        ApplicantMapping.Apply(builder, cipher);
        RecordMapping.Apply(builder, cipher);
    }

    // The model's converters hold the cipher, so a model belongs to one: two stores in one process must not share it.
    /// <summary>Keeps the models of two ciphers apart; every provider sets it in its options.</summary>
    public sealed class CipherModelKey : IModelCacheKeyFactory
    {
        /// <inheritdoc/>
        public object Create(DbContext context, bool designTime) => (context.GetType(), (context as ReviewDb)?.Cipher.Fingerprint, designTime);
    }
}
