using ReviewConsole.Catalog;

namespace ReviewConsole.Tests.Catalog;

public sealed class ReasonsTests
{
    private static readonly Reasons reasons = Reasons.Standard;

    /// <summary>Ids of the checks there are, portraits' first, then cards'.</summary>
    private static readonly string[] checks =
    [
        "readable", "aspect", "resolution", "single-face", "upright", "pose", "head-length", "head-width", "head-position", "background",
        "colour", "sharpness", "exposure", "compression", "eyes", "lenses", "mouth",
        "card-readable", "card-sharpness", "card-glare", "card-crop", "card-side",
    ];

    [Fact]
    public void All_rows_load_and_each_says_everything_in_both_languages()
    {
        Assert.Equal((30, 13), (reasons.For("e-licence").Count(), reasons.For("id-photo").Count()));
        Assert.Equal(43, reasons.All.DistinctBy(r => r.Code).Count());
        Assert.Equal(43, reasons.All.Length);
        Assert.All(reasons.All, r => Assert.Same(r, reasons.Find(r.Code)));
        Assert.All(reasons.All, r => Assert.DoesNotContain("", (string[])[r.Group, r.LabelZh, r.LabelEn, r.ApplicantZh, r.ApplicantEn, r.Initials]));
        Assert.Null(reasons.Find("NOTHING"));
        Assert.Empty(reasons.For("nothing"));
    }

    [Fact]
    public void Every_check_is_named_by_a_reason_and_every_reason_names_a_check_that_exists()
    {
        Assert.Equal(checks.Order(), reasons.All.Select(r => r.Check).OfType<string>().Distinct().Order());
        Assert.All(reasons.All, r => Assert.Equal(r.Check is null, r.When is null));
    }

    [Fact]
    public void The_result_of_a_check_suggests_its_reason()
    {
        Assert.Equal(["PHOTO_NO_FACE"], reasons.SuggestedBy("single-face", "none").Select(r => r.Code));
        Assert.Equal(["PHOTO_MANY_PEOPLE"], reasons.SuggestedBy("single-face", "more than one").Select(r => r.Code));
        Assert.Equal(["PHOTO_BLUR"], reasons.SuggestedBy("sharpness", "fail").Select(r => r.Code));
        Assert.Empty(reasons.SuggestedBy("sharpness", "pass"));
        Assert.Equal(["LICENCE_NOT_VALID", "LICENCE_EXPIRED"], reasons.SuggestedByRule("eligibility").Select(r => r.Code));
    }

    [Fact]
    public void Suspicions_need_a_second_person_and_go_to_the_counter()
    {
        var secondPerson = reasons.All.Where(r => r.SecondPerson).ToList();
        Assert.Equal(["PHOTO_NOT_APPLICANT", "PHOTO_INDECENT", "ID_FACE_MISMATCH", "ID_FORGED"], secondPerson.Select(r => r.Code));
        Assert.All(secondPerson, r => Assert.Equal(NextStep.Refer, r.NextStep));
        Assert.Equal(NextStep.AfterChange, reasons.Find("ID_EXPIRED")?.NextStep);
    }

    [Fact]
    public void Every_reason_has_one_initial_for_each_Chinese_character_and_what_finds_it_alone_or_first()
    {
        Assert.All(reasons.All, reason =>
        {
            Assert.Equal(reason.LabelZh.Count(c => c is >= '\u4e00' and <= '\u9fff'), reason.Initials.Length);
            Assert.All(reason.Initials, letter => Assert.InRange(letter, 'a', 'z'));
            Assert.Equal(reason, reasons.For(reason.QueueId).MinBy(other => other.Nearness(reason.Initials) ?? int.MaxValue));
        });
    }

    [Theory]
    [InlineData("bjbs", "PHOTO_BACKGROUND")]
    [InlineData("BJBH", "PHOTO_BACKGROUND")]
    [InlineData("b'j'b", "PHOTO_BACKGROUND")]
    [InlineData("免冠", "PHOTO_HAT")]
    [InlineData("plain white", "PHOTO_BACKGROUND")]
    [InlineData("PHOTO_HAT", "PHOTO_HAT")]
    [InlineData("", "PHOTO_UNREADABLE")]
    public void A_reason_is_found_by_initials_words_or_code(string typed, string code) =>
        Assert.Equal(code, reasons.For("e-licence").Where(r => r.Nearness(typed) is not null).MinBy(r => r.Nearness(typed))!.Code);

    [Theory]
    [InlineData("xqz")]
    [InlineData("bz没")]
    [InlineData("sjb")]
    public void What_is_not_meant_is_not_found(string typed) => Assert.Null(reasons.Find("PHOTO_HAT")!.Nearness(typed));

    [Theory]
    [InlineData("X,q,g,sometimes,no,a,b,c,d,p,,,", "Line 2: 'sometimes' is not a value of next_step.")]
    [InlineData("X,q,g,retry,no,,b,c,d,p,,,", "Line 2: label_zh is empty.")]
    public void A_row_that_does_not_fit_is_named_by_its_line(string row, string message)
    {
        using var text = new StringReader($"code,queue,group,next_step,second_person,label_zh,label_en,applicant_zh,applicant_en,initials,check,when,rule\n{row}\n");
        Assert.Equal(message, Assert.Throws<FormatException>(() => Reasons.Load(text)).Message);
    }

    [Fact]
    public void A_code_that_stands_twice_is_an_error() => Assert.ThrowsAny<ArgumentException>(() => new Reasons([.. reasons.All, reasons.All[0]]));
}
