using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Keys;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Data.Mapping;

internal static class ApplicantMapping
{
    public const string DocumentIndex = "DocumentIndex";
    public const string PhoneIndex = "PhoneIndex";
    public const string NameIndex = "NameIndex";

    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<Applicant>(table =>
        {
            table.ToTable("Applicants");
            table.Property(a => a.Name).Sealed(cipher, "Applicants.Name", name => name.Value, Name);
            table.Property(a => a.Document).Sealed(cipher, "Applicants.Document", document => $"{document.Kind}:{document.Number}", Document);
            table.Property(a => a.Phone).Sealed(cipher, "Applicants.Phone", phone => phone.Value, Phone);
            table.Property<string>(DocumentIndex);
            table.Property<string>(PhoneIndex);
            table.Property<string>(NameIndex);
            table.HasIndex(DocumentIndex).IsUnique();
            table.HasIndex(PhoneIndex);
            table.HasIndex(NameIndex);
            table.Ignore(a => a.Happened);
        });
        model.Entity<SentIdentity>(table =>
        {
            table.ToTable("SentIdentities");
            table.HasKey(s => s.Subject);
            table.Property(s => s.Name).Sealed(cipher, "SentIdentities.Name", name => name.Value, Name);
            table.Property(s => s.Phone).Sealed(cipher, "SentIdentities.Phone", phone => phone.Value, Phone);
            table.HasIndex(s => s.Applicant);
            table.HasIndex(s => s.PhoneIndex);
            table.HasIndex(s => s.NameIndex);
        });
        model.Entity<Notice>(table =>
        {
            table.ToTable("Notices");
            table.Property(n => n.Sms).Sealed(cipher, "Notices.Sms", text => text, text => text);
            table.Property(n => n.Title).Sealed(cipher, "Notices.Title", text => text, text => text);
            table.Property(n => n.Body).Sealed(cipher, "Notices.Body", text => text, text => text);
            table.Property(n => n.Receiver).Sealed(cipher, "Notices.Receiver", text => text, text => text);
            table.HasIndex(n => n.Case);
            table.HasIndex(n => new { n.WrittenAt, n.Id });
        });
        model.Entity<Delivery>(table =>
        {
            table.ToTable("Deliveries");
            table.HasIndex(d => d.Notice);
            table.HasIndex(d => new { d.State, d.PlannedAt });
            table.Ignore(d => d.Happened);
        });
    }

    // What was stored was checked when it came in; a birth date that lay in the past then still does.
    private static PersonName Name(string stored) => PersonName.TryParse(stored, out var name, out _) ? name : throw Broken("Name");

    private static PhoneNumber Phone(string stored) => PhoneNumber.TryParse(stored, out var phone, out _) ? phone : throw Broken("Phone");

    private static IdentityDocument Document(string stored) =>
        stored.Split(':', 2) is [var kind, var number] && IdentityDocument.TryParse(Enum.Parse<IdentityDocumentKind>(kind), number, DateOnly.MaxValue, out var document, out _)
            ? document
            : throw Broken("Document");

    private static InvalidDataException Broken(string column) => new($"Applicants.{column} holds a value that was never valid.");
}
