using System.Text.Json;
using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Tests.Domain.Licences;

public sealed class DriverLicenceTests
{
    private static readonly VehicleClasses classes = VehicleClassCatalog.Standard;
    private static readonly DateTimeOffset now = new(2026, 6, 1, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DriverLicence licence = new("11010519491231002X", "A", "C1D", new(2020, 7, 1), null, "粤A", null, now);

    [Theory]
    [InlineData("A1D", "A1", "D")]
    [InlineData("C1", "C1")]
    [InlineData("C1E", "C1", "E")]
    [InlineData(" c1e ", "C1", "E")]
    [InlineData("A1A2B1B2C1DEFMNP", "A1", "A2", "B1", "B2", "C1", "D", "E", "F", "M", "N", "P")]
    public void A_joined_list_of_classes_is_taken_apart(string text, params string[] codes)
    {
        Assert.True(classes.TryParse(text, out var parsed, out _));
        Assert.Equal(codes, parsed.Select(c => c.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A9")]
    [InlineData("D1")]
    [InlineData("C1,D")]
    [InlineData("C1C1")]
    [InlineData("C1Z")]
    public void What_is_no_list_of_classes_is_refused_whole(string? text)
    {
        Assert.False(classes.TryParse(text, out var parsed, out var refusal));
        Assert.Empty(parsed);
        Assert.Equal("LICENCE_CLASSES", refusal.Code);
    }

    [Fact]
    public void Every_set_of_classes_survives_being_joined() => Gen.Shuffle(classes.All.ToArray(), 1, classes.All.Length).Sample(some =>
    {
        Assert.True(classes.TryParse(string.Concat(some.Select(c => c.Code)), out var parsed, out _));
        Assert.Equal(some, parsed);
    });

    [Fact]
    public void A_snapshot_that_makes_no_sense_is_refused_with_its_code()
    {
        Assert.Null(licence.Check(classes));
        Assert.Null((licence with { ValidTo = licence.ValidFrom }).Check(classes));
        Assert.Equal("LICENCE_PERIOD", (licence with { ValidTo = licence.ValidFrom.AddDays(-1) }).Check(classes)?.Code);
        Assert.Equal("LICENCE_CLASSES", (licence with { Classes = "Q" }).Check(classes)?.Code);
        Assert.Equal("LICENCE_NUMBER", (licence with { Number = "<1>23456" }).Check(classes)?.Code);
        Assert.Equal("LICENCE_NUMBER", (licence with { Number = "" }).Check(classes)?.Code);
    }

    [Fact]
    public void The_one_that_its_source_said_later_counts()
    {
        var later = licence with { Status = "M", SourceTime = now.AddSeconds(1) };
        Assert.Same(later, DriverLicence.Newer(licence, later));
        Assert.Same(later, DriverLicence.Newer(later, licence));
        Assert.Same(licence, DriverLicence.Newer(licence, null));

        // One moment, two offsets: neither is later, the first stays.
        Assert.Same(licence, DriverLicence.Newer(licence, licence with { SourceTime = now.ToUniversalTime() }));
    }

    [Fact]
    public void A_snapshot_kept_as_JSON_comes_back_the_same() =>
        Assert.Equal(licence, JsonSerializer.Deserialize<DriverLicence>(JsonSerializer.Serialize(licence)));

    [Fact]
    public void Written_to_a_log_it_names_no_person() => Assert.DoesNotContain(licence.Number, licence.ToString(), StringComparison.Ordinal);
}
