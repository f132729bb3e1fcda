using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Keys;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Data.Mapping;

internal static class SecondLookMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher) => model.Entity<SecondLook>(table =>
    {
        table.ToTable("SecondLooks");
        table.HasKey(l => l.Case);
        table.Property(l => l.Queue).HasMaxLength(32);
        table.Property(l => l.Authority).HasMaxLength(8);
        table.Property(l => l.Version).IsConcurrencyToken();
        table.Property(l => l.SettledWhy).Sealed(cipher, "SecondLooks.SettledWhy", text => text!, text => text);
        table.Ignore(l => l.Happened);
        table.OwnsMany(l => l.Remarks, row =>
        {
            row.ToTable("SecondLookRemarks");
            row.WithOwner().HasForeignKey("Look");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Text).Sealed(cipher, "SecondLookRemarks.Text", text => text, text => text);
        });
        table.Navigation(l => l.Remarks).UsePropertyAccessMode(PropertyAccessMode.Field);

        // A case is looked at again once, however often it is drawn.
        table.HasIndex(l => l.Original).IsUnique();
        // What is open hides verdicts; what differs is to be talked over.
        table.HasIndex(l => new { l.State, l.SampledAt, l.Case }, "IX_SecondLooks_State");
        table.HasIndex(l => new { l.SampledAt, l.Case }, "IX_SecondLooks_SampledAt");
    });
}
