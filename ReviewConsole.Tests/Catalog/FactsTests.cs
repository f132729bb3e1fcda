using ReviewConsole.Catalog;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Catalog;

public sealed class FactsTests
{
    [Fact]
    public void All_status_letters_load_with_what_the_rules_need()
    {
        var letters = LicenceLetterCatalog.Standard.All.ToList();
        Assert.Equal("ABCDEFGHIJKLMNPRSTU", string.Concat(letters.Select(l => l.Letter)));
        Assert.Equal("NPT", string.Concat(letters.Where(l => l.UntilExtension).Select(l => l.Letter)));
        Assert.Equal("MN", string.Concat(letters.Where(l => l.OfValidity).Select(l => l.Letter)));
        Assert.Equal(("逾期未换证", false, LicenceColour.Red), letters.Where(l => l.Letter == 'M').Select(l => (l.Name, l.Allows, l.Colour)).Single());
    }

    [Fact]
    public void Another_data_source_brings_its_own_letters()
    {
        using var text = new StringReader("letter,name,new_application,issued_e_licence_shown_as,note\nR,逾期未体检,refuse,red,\n");
        Assert.Equal([new LicenceLetter('R', "逾期未体检", Allows: false, LicenceColour.Red)], LicenceLetterCatalog.Load(text).All);
        using var wrong = new StringReader("letter,name,new_application,issued_e_licence_shown_as,note\nRR,x,refuse,red,\n");
        Assert.Equal("Line 2: a status letter is one character.", Assert.Throws<FormatException>(() => LicenceLetterCatalog.Load(wrong)).Message);
    }

    [Fact]
    public void All_vehicle_classes_load()
    {
        var classes = VehicleClassCatalog.Standard;
        Assert.Equal("A1 A2 A3 B1 B2 C1 C2 C3 C4 C5 C6 D E F M N P", string.Join(' ', classes.All.Select(c => c.Code)));
        Assert.Equal("小型汽车", classes.Find("C1")?.Name);
    }

    [Fact]
    public void All_provinces_load_and_every_area_code_finds_its_own()
    {
        Assert.Equal(35, Provinces.All.Count());
        Assert.Equal(("广东省", "Guangdong"), (Provinces.Of("440305")?.NameZh, Provinces.Of("440305")?.NameEn));
        Assert.Equal("台湾省", Provinces.Of("830000")?.NameZh);
        Assert.Null(Provinces.Of("990000"));
    }

    [Fact]
    public void Authentication_unlocks_the_e_licence_and_all_else_that_a_person_may_do()
    {
        var rights = RegistrationRights.Standard;
        Assert.Equal((7, 5), (rights.Online.Length, rights.Unit.Length));
        Assert.Equal(["e-licence", "everything"], rights.Unlocked(RegistrationLevel.Online, RegistrationLevel.RealPerson).Select(r => r.Id));
        Assert.True(rights.Of(RegistrationLevel.Counter).SequenceEqual(rights.Of(RegistrationLevel.RealPerson)));
        Assert.Empty(rights.Unlocked(RegistrationLevel.Counter, RegistrationLevel.RealPerson));
        foreach (var level in Enum.GetValues<RegistrationLevel>())
        {
            Assert.Equal(level.MayApplyForELicence(), rights.Of(level).Any(r => r.Id == "e-licence"));
        }
    }

    [Fact]
    public void Rights_are_a_setting()
    {
        var rights = RegistrationRights.Standard with { Online = [] };
        Assert.Empty(rights.Of(RegistrationLevel.Online));
        Assert.Equal(7, RegistrationRights.Standard.Of(RegistrationLevel.Online).Length);
    }
}
