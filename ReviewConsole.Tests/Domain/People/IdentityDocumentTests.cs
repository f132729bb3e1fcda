using ReviewConsole.Domain.People;
using Kind = ReviewConsole.Domain.People.IdentityDocumentKind;

namespace ReviewConsole.Tests.Domain.People;

public sealed class IdentityDocumentTests
{
    private static readonly DateOnly today = new(2026, 6, 1);
    private static readonly DateOnly birth = new(1990, 2, 3);

    public static TheoryData<Kind, string, string> Good => new()
    {
        { Kind.ResidentIdentityCard, "11010519491231002x", "110105********002X" },
        { Kind.HongKongMacaoTaiwanResidencePermit, CitizenId.Compose("810000", birth, 17).Value, $"810000********{CitizenId.Compose("810000", birth, 17).Value[14..]}" },
        { Kind.HongKongMacaoTaiwanResidencePermit, CitizenId.Compose("830000", birth, 18).Value, $"830000********{CitizenId.Compose("830000", birth, 18).Value[14..]}" },
        { Kind.ForeignPermanentResidentCard, CitizenId.Compose("931840", birth, 2).Value, $"931840********{CitizenId.Compose("931840", birth, 2).Value[14..]}" },
        { Kind.ForeignPermanentResidentCard, "usa310090020304", "U************04" },
        { Kind.Passport, "e12345678", "E******78" },
        { Kind.Passport, "Ｅ12345678", "E******78" },
    };

    public static TheoryData<Kind, string, string> Bad => new()
    {
        { Kind.ResidentIdentityCard, "", "ID_NUMBER_EMPTY" },
        { Kind.Passport, " ", "ID_NUMBER_EMPTY" },
        { Kind.ResidentIdentityCard, "E12345678", "ID_NUMBER_FORM" },
        { Kind.ResidentIdentityCard, CitizenId.Compose("810000", birth, 17).Value, "ID_NUMBER_KIND" },
        { Kind.ResidentIdentityCard, CitizenId.Compose("931840", birth, 2).Value, "ID_NUMBER_KIND" },
        { Kind.HongKongMacaoTaiwanResidencePermit, "11010519491231002X", "ID_NUMBER_KIND" },
        { Kind.HongKongMacaoTaiwanResidencePermit, CitizenId.Compose("840000", birth, 17).Value, "ID_NUMBER_KIND" },
        { Kind.HongKongMacaoTaiwanResidencePermit, "810000199002030170", "ID_NUMBER_CHECK" },
        { Kind.ForeignPermanentResidentCard, "11010519491231002X", "ID_NUMBER_KIND" },
        { Kind.ForeignPermanentResidentCard, "US1310090020304", "ID_NUMBER_FORM" },
        { Kind.ForeignPermanentResidentCard, "USA31009002030X", "ID_NUMBER_FORM" },
        { Kind.Passport, "E123", "ID_NUMBER_FORM" },
        { Kind.Passport, "E1234 5678", "ID_NUMBER_FORM" },
        { Kind.Passport, "<b>12345", "ID_NUMBER_FORM" },
        { Kind.Passport, "PASSPORT", "ID_NUMBER_FORM" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Each_kind_has_its_own_form(Kind kind, string number, string masked)
    {
        Assert.True(IdentityDocument.TryParse(kind, number, today, out var document, out var refusal), refusal?.Code);
        Assert.Equal(masked, document.Masked);
        Assert.Equal(kind == Kind.ResidentIdentityCard, document.MayEnterIdPhotoQueue);
        Assert.Equal($"{kind} {masked}", document.ToString());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_number_of_another_form_or_kind_is_refused(Kind kind, string number, string code)
    {
        Assert.False(IdentityDocument.TryParse(kind, number, today, out var document, out var refusal));
        Assert.Null(document);
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Documents_of_one_kind_and_number_are_equal_however_they_were_typed()
    {
        Assert.True(IdentityDocument.TryParse(Kind.ResidentIdentityCard, "11010519491231002x", today, out var one, out _));
        Assert.True(IdentityDocument.TryParse(Kind.ResidentIdentityCard, " １1010519491231002Ｘ", today, out var other, out _));
        Assert.Equal(one, other);
        Assert.Equal(new DateOnly(1949, 12, 31), one.CitizenId?.BirthDate);
    }
}
