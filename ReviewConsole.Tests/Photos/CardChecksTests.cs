using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Photos;

public sealed class CardChecksTests(PhotoCheckTests.Engine engine) : IClassFixture<PhotoCheckTests.Engine>
{
    private static readonly CardScene Plain = new() { Width = 1000, Height = 750, Size = 0.7, Turn = 4, Tilt = 5, Table = CardTable.Wood, Noise = 4 };

    [Fact]
    public void Good_cards_pass_on_every_table()
    {
        foreach (var table in Enum.GetValues<CardTable>())
        {
            for (var seed = 0; seed < Sizes.Of(30); seed++)
            {
                var scene = Plain with { Table = table, Turn = (seed * 5 % 25) - 12, Lean = (seed % 7) - 3, Shade = seed % 6 / 20.0 };
                foreach (var report in new[] { Front(scene, seed), Back(scene, seed) })
                {
                    Assert.True(report.Worst == CheckResult.Pass, $"{table} {seed}: {string.Join(' ', report.Checks.Where(check => check.Result != CheckResult.Pass))}");
                    Assert.NotNull(report.Card);
                }
            }
        }
    }

    public static TheoryData<string, string, CardScene> Faults => new()
    {
        { "card-readable", "CARD_TOO_SMALL", Plain with { Size = 0.36 } },
        { "card-sharpness", "CARD_BLURRED", Plain with { BlurMm = 0.5 } },
        { "card-sharpness", "CARD_BLURRED", Plain with { BlurMm = 2 } },
        { "card-sharpness", "CARD_BLURRED", Plain with { MotionMm = 0.7 } },
        { "card-glare", "CARD_GLARE", Plain with { Glare = 0.05 } },
        { "card-glare", "CARD_GLARE", Plain with { Glare = 0.2 } },
        { "card-crop", "CARD_CORNER_CUT", Plain with { ShiftX = 0.18, Turn = 10 } },
        { "card-crop", "CARD_CORNER_CUT", Plain with { ShiftX = 0.25, Turn = 0 } },
        { "card-crop", "CARD_CORNER_CUT", Plain with { ShiftX = -0.2 } },
        { "card-crop", "CARD_CORNER_CUT", Plain with { ShiftY = 0.25 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_fails_its_own_check_and_no_other_on_either_side(string id, string reason, CardScene scene)
    {
        foreach (var report in new[] { Front(scene, 2), Back(scene, 3) })
        {
            var outcome = report.Find(id)!;
            Assert.Equal((CheckResult.Fail, reason), (outcome.Result, outcome.Reason));
            Assert.All(report.Checks, check => Assert.True(check.Id == id || check.Result != CheckResult.Fail, check.ToString()));
        }
    }

    [Fact]
    public void More_blur_and_more_glare_never_read_as_less()
    {
        double[] blurs = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], glares = [0, 0.01, 0.02, 0.05, 0.1, 0.3];
        foreach (var table in new[] { CardTable.Dark, CardTable.White, CardTable.Cloth })
        {
            Assert.True(Grows(blurs.Select(blur => Front(Plain with { Table = table, BlurMm = blur }, 5).Find("card-sharpness")!.Value!.Value)));
            Assert.True(Grows(glares.Select(glare => Front(Plain with { Table = table, Glare = glare }, 5).Find("card-glare")!.Value!.Value)));
        }

        static bool Grows(IEnumerable<double> values) => values.Zip(values.Skip(1)).All(pair => pair.Second >= pair.First - 0.03);
    }

    [Fact]
    public void The_share_under_a_reflection_is_measured() =>
        Assert.Equal(10, Front(Plain with { Glare = 0.1 }, 4).Find("card-glare")!.Value!.Value, 0.7);

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void The_sides_are_told_apart_however_the_card_lies(int turn)
    {
        var scene = Plain with { Height = 1000, Turn = turn, Tilt = 0, Table = CardTable.Grey };
        Assert.Equal((CheckResult.Pass, null), Side(Front(scene, 1)));
        Assert.Equal((CheckResult.Pass, null), Side(Back(scene, 1)));
        Assert.Equal((CheckResult.Fail, "CARD_SHOWS_EMBLEM"), Side(Measure(PictureKind.CardPortraitSide, DrawBack(scene, 1))));
        Assert.Equal((CheckResult.Fail, "CARD_WITH_FACE"), Side(Measure(PictureKind.CardEmblemSide, DrawFront(scene, 1))));
    }

    [Fact]
    public void The_box_is_around_the_face_of_the_card_in_the_picture()
    {
        foreach (var turn in new[] { 0, 90, 180, 270 })
        {
            var scene = Plain with { Height = 1000, Turn = turn, Tilt = 0, Table = CardTable.Grey };
            var (face, corners) = (Front(scene, 1).Face!, scene.Corners());
            // The portrait's middle is 0.82 of the card's width from its left and 0.4 of its height from its top.
            var middle = corners[0] + ((corners[1] - corners[0]) * 0.818) + ((corners[3] - corners[0]) * 0.4);
            Assert.InRange(middle.X, face.X, face.X + face.Width);
            Assert.InRange(middle.Y, face.Y, face.Y + face.Height);
            Assert.InRange(face.Width, 50, 220);
        }
    }

    [Fact]
    public void A_slanted_card_is_for_a_person_to_look_at()
    {
        var outcome = Front(Plain with { Tilt = 35, Table = CardTable.Dark }, 1).Find("card-crop")!;
        Assert.Equal((CheckResult.Look, "CARD_TILTED"), (outcome.Result, outcome.Reason));
        Assert.True(outcome.Value > outcome.Max);
    }

    [Fact]
    public void Where_no_card_is_found_everything_says_so_and_nothing_fails()
    {
        foreach (var report in new[] { Front(Plain with { Empty = true }, 1), Measure(PictureKind.CardPortraitSide, DrawnPortrait.Portrait(1, new())) })
        {
            Assert.All(report.Checks, check => Assert.Equal((CheckResult.Unmeasured, "CARD_NOT_FOUND"), (check.Result, check.Reason)));
            Assert.Equal((null, null), (report.Card, report.Face));
        }
    }

    [Fact]
    public void A_card_that_fills_its_picture_is_measured_but_for_its_corners_and_never_fails()
    {
        CardScene cut = new() { Size = 1.03 };
        var report = Front(cut, 1);
        Assert.Equal((CheckResult.Unmeasured, "CARD_FILLS_PICTURE"), (report.Find("card-crop")!.Result, report.Find("card-crop")!.Reason));
        Assert.Equal(CheckResult.Pass, report.Find("card-side")!.Result);
        Assert.Null(report.Card);
        Assert.Equal((CheckResult.Look, "CARD_BLURRED"), (Front(cut with { BlurMm = 0.8 }, 1).Find("card-sharpness") is var blurred ? (blurred!.Result, blurred.Reason) : default));
    }

    [Fact]
    public void Without_a_picture_there_is_no_card()
    {
        var report = engine.Check.Measure(PictureKind.CardEmblemSide, new byte[] { 1, 2, 3 }, new(3, "jpeg", 856, 540, 1, null, null, false), default);
        Assert.Equal(CheckResult.Fail, report.Find("card-readable")!.Result);
        Assert.Equal(4, report.CountOf(CheckResult.Unmeasured));
    }

    [Fact]
    public void The_outline_is_in_pixels_of_the_stored_picture_and_survives_json()
    {
        CardScene scene = new() { Width = 1800, Height = 1350, Size = 0.6, Turn = 7, Table = CardTable.Dark };
        var report = Front(scene, 1);
        var corner = scene.Corners()[0];
        Assert.Equal(corner.X, report.Card!.First.X, 12.0);
        Assert.Equal(corner.Y, report.Card.First.Y, 12.0);
        Assert.Equal(report.Card, JsonSerializer.Deserialize<PhotoReport>(JsonSerializer.Serialize(report))!.Card);
    }

    [Fact]
    public void A_report_of_before_there_were_outlines_is_read_as_it_was()
    {
        const string Old = """{"Width":856,"Height":540,"Faces":1,"HeadLengthMm":null,"HeadWidthMm":null,"EarRootWidthMm":null,"Lines":null,"Face":null,"EngineVersion":"1","Checks":[{"Id":"single-face","Result":"Pass","Value":1,"Unit":null,"Min":1,"Max":1,"Uncertainty":0,"Reason":null}],"Background":null}""";
        var report = JsonSerializer.Deserialize<PhotoReport>(Old)!;
        Assert.Null(report.Card);
        Assert.Equal(("1", CheckResult.Pass), (report.EngineVersion, report.Find("single-face")!.Result));
    }

    public static TheoryData<PhotoSettings> Wrong => new()
    {
        new PhotoSettings { MinCardPixels = 10 },
        new PhotoSettings { MaxCardEdgeMm = 3 },
        new PhotoSettings { MaxCardEdgeMm = 0.3, CardEdgeUncertaintyMm = 0.4 },
        new PhotoSettings { MaxCardGlarePercent = 1, CardGlareUncertaintyPercent = 1 },
        new PhotoSettings { CardAspectTolerancePercent = 0 },
        new PhotoSettings { CardCornerMm = -1 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_out_of_range_are_refused(PhotoSettings settings) => Assert.Throws<ValidationException>(() => new PhotoCheck(settings));

    private static (CheckResult Result, string? Reason) Side(PhotoReport report) => (report.Find("card-side")!.Result, report.Find("card-side")!.Reason);

    private static byte[] DrawFront(CardScene scene, int seed) => DrawnCard.PortraitSide(seed, "王小明", "11010519491231002X", scene);

    private static byte[] DrawBack(CardScene scene, int seed) => DrawnCard.EmblemSide(seed, "样本市公安局", new(2020, 1, 1), new DateOnly(2040, 1, 1), scene);

    private PhotoReport Front(CardScene scene, int seed) => Measure(PictureKind.CardPortraitSide, DrawFront(scene, seed));

    private PhotoReport Back(CardScene scene, int seed) => Measure(PictureKind.CardEmblemSide, DrawBack(scene, seed));

    private PhotoReport Measure(PictureKind kind, byte[] file)
    {
        var picture = SafeImage.TryNormalise(file, new()).Picture!;
        return engine.Check.Measure(kind, picture.Jpeg, picture.Facts, default);
    }
}
