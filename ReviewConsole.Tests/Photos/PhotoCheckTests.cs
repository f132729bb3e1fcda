using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Checks;
using ReviewConsole.Photos.Drawn;

namespace ReviewConsole.Tests.Photos;

public sealed class PhotoCheckTests(PhotoCheckTests.Engine engine) : IClassFixture<PhotoCheckTests.Engine>
{
    /// <summary>The models are loaded once for all tests of the class.</summary>
    public sealed class Engine : IDisposable
    {
        public PhotoCheck Check { get; } = new(new PhotoSettings());

        public void Dispose() => Check.Dispose();
    }

    [Fact]
    public void Sixty_drawn_people_are_each_one_face_of_the_drawn_size()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var report = Measure(seed, new DrawnPortraitOptions());

            Assert.True(report.Faces == 1, $"seed {seed} has {report.Faces} faces");
            Assert.InRange(report.HeadLengthMm!.Value, 19.9, 20.9);
            Assert.InRange(report.HeadWidthMm!.Value, 14.7, 15.3);
            Assert.True(report.Checks.All(check => check.Result == CheckResult.Pass), $"seed {seed}: {Words(report)}");
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_person_and_another_seed_another() =>
        Assert.True(Draw(5).AsSpan().SequenceEqual(Draw(5)) && !Draw(5).AsSpan().SequenceEqual(Draw(6)));

    [Theory]
    [InlineData(24.0, 17.5, "head-length", "HEAD_TOO_LONG")]
    [InlineData(17.0, 12.5, "head-length", "HEAD_TOO_SHORT")]
    [InlineData(24.0, 17.5, "head-width", "HEAD_TOO_WIDE")]
    [InlineData(17.0, 12.5, "head-width", "HEAD_TOO_NARROW")]
    public void A_head_of_the_wrong_size_fails(double length, double width, string id, string reason)
    {
        var outcome = Measure(3, new DrawnPortraitOptions { HeadLengthMm = length, HeadWidthMm = width }).Find(id)!;

        Assert.Equal((CheckResult.Fail, reason), (outcome.Result, outcome.Reason));
    }

    public static TheoryData<string, string, DrawnPortraitOptions> Faults => new()
    {
        { "pose", "HEAD_TILTED", new() { RollDegrees = 15 } },
        { "head-position", "HEAD_OFF_CENTRE", new() { ShiftMm = 3.3 } },
        { "background", "BACKGROUND_COLOURED", new() { Background = 0x67A0D8 } },
        { "background", "BACKGROUND_DARK", new() { Background = 0xC0C0C0 } },
        { "colour", "NOT_COLOUR", new() { Grey = true } },
        { "sharpness", "BLURRED", new() { Blur = 3 } },
        { "exposure", "UNDEREXPOSED", new() { Light = 0.25 } },
        { "exposure", "OVEREXPOSED", new() { Light = 1.7 } },
        { "compression", "OVER_COMPRESSED", new() { JpegQuality = 8 } },
        { "lenses", "DARK_LENSES", new() { DarkGlasses = true } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_fails_its_own_check(string id, string reason, DrawnPortraitOptions options)
    {
        var outcome = Measure(3, options).Find(id)!;

        Assert.Equal((CheckResult.Fail, reason), (outcome.Result, outcome.Reason));
    }

    [Fact]
    public void Closed_eyes_are_never_passed() =>
        Assert.Equal("EYES_CLOSED", Measure(3, new DrawnPortraitOptions { EyesClosed = true }).Find("eyes")!.Reason);

    [Fact]
    public void A_burnt_out_picture_keeps_its_millimetres_to_itself()
    {
        var report = Measure(3, new DrawnPortraitOptions { Light = 1.7 });

        Assert.Equal((null, null, "OVEREXPOSED"), (report.HeadLengthMm, report.HeadWidthMm, report.Find("head-length")!.Reason));
    }

    [Fact]
    public void The_map_shows_where_the_background_offends()
    {
        var map = Measure(3, new DrawnPortraitOptions { Background = 0x67A0D8 }).Background!;

        Assert.Equal((44, 64), (map.Columns, map.Rows));
        Assert.True(map[1, 1] && map[42, 10] && !map[22, 32]);
        Assert.Null(Measure(3, new DrawnPortraitOptions()).Background);
    }

    [Fact]
    public void A_head_at_the_limit_is_for_a_person_to_look_at() =>
        Assert.Equal(CheckResult.Look, Measure(0, new DrawnPortraitOptions { HeadLengthMm = 22.2, HeadWidthMm = 15.5, TopMarginMm = 1 }).Find("head-length")!.Result);

    [Fact]
    public void A_head_cut_by_the_edge_fails_without_a_number()
    {
        var outcome = Measure(3, new DrawnPortraitOptions { TopMarginMm = -1.5 }).Find("head-length")!;

        Assert.Equal((CheckResult.Fail, null, "CROWN_CUT"), (outcome.Result, outcome.Value, outcome.Reason));
    }

    [Fact]
    public void A_head_cut_by_the_side_fails_without_a_number()
    {
        var outcome = Measure(2, new DrawnPortraitOptions { ShiftMm = 7 }).Find("head-width")!;

        Assert.Equal((CheckResult.Fail, null, "SIDE_CUT"), (outcome.Result, outcome.Value, outcome.Reason));
    }

    [Fact]
    public void Two_people_are_counted()
    {
        var outcome = Measure(3, new DrawnPortraitOptions { People = 2 }).Find("single-face")!;

        Assert.Equal((CheckResult.Fail, 2d, "MANY_FACES"), (outcome.Result, outcome.Value, outcome.Reason));
    }

    [Fact]
    public void Hair_over_both_ears_leaves_the_width_unmeasured()
    {
        var outcome = Measure(3, new DrawnPortraitOptions { HairOverEars = true }).Find("head-width")!;

        Assert.Equal((CheckResult.Unmeasured, "HAIR_COVERS_EARS"), (outcome.Result, outcome.Reason));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_picture_that_is_the_wrong_way_up_fails_and_is_not_measured(int quarters)
    {
        var report = Measure(3, new DrawnPortraitOptions { QuarterTurns = quarters });

        Assert.Equal((CheckResult.Fail, "NOT_UPRIGHT"), (report.Find("upright")!.Result, report.Find("upright")!.Reason));
        Assert.Equal((1, null, null), (report.Faces, report.HeadLengthMm, report.Lines));
    }

    [Fact]
    public void The_box_is_around_the_face_whichever_way_up_the_picture_is()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var plain = Middle(Measure(seed, new DrawnPortraitOptions()));
            for (var quarters = 1; quarters < 4; quarters++)
            {
                var report = Measure(seed, new DrawnPortraitOptions { QuarterTurns = quarters });
                var middle = Middle(report);
                // Clockwise or the other way round: the same on both ways of turning back.
                (double X, double Y)[] wanted = quarters == 2
                    ? [(report.Width - plain.X, report.Height - plain.Y)]
                    : [(report.Width - plain.Y, plain.X), (plain.Y, report.Height - plain.X)];
                // The mesh of a face upside down is only roughly in its place: within half a face.
                Assert.Contains(wanted, at => Math.Abs(at.X - middle.X) < 100 && Math.Abs(at.Y - middle.Y) < 100);
            }
        }

        static (double X, double Y) Middle(PhotoReport report) => (report.Face!.X + (report.Face.Width / 2), report.Face.Y + (report.Face.Height / 2));
    }

    [Fact]
    public void Lines_follow_the_picture_into_any_size_and_place()
    {
        var plain = Measure(7, new DrawnPortraitOptions()).Lines!;
        var large = Measure(7, new DrawnPortraitOptions { Width = 1320, Height = 1920 }).Lines!;
        var moved = Measure(7, new DrawnPortraitOptions { ShiftMm = 2 }).Lines!;

        Assert.Equal(3 * plain.CrownY, large.CrownY, 12.0);
        Assert.Equal(3 * plain.ChinY, large.ChinY, 12.0);
        Assert.Equal(3 * plain.LeftX, large.LeftX, 12.0);
        Assert.Equal(3 * plain.RightX, large.RightX, 12.0);
        Assert.Equal(plain.LeftX + 40, moved.LeftX, 4.0);
        Assert.Equal(plain.CrownY, moved.CrownY, 4.0);
    }

    [Fact]
    public void A_picture_without_a_face_says_so()
    {
        var blank = DrawnCard.EmblemSide(1, "X", new DateOnly(2020, 1, 1), null);
        var picture = SafeImage.TryNormalise(blank, new PictureLimits()).Picture!;

        var report = engine.Check.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default);

        Assert.Equal((0, CheckResult.Fail, "NO_FACE"), (report.Faces, report.Find("single-face")!.Result, report.Find("single-face")!.Reason));
        Assert.Equal((CheckResult.Unmeasured, "NO_FACE"), (report.Find("head-length")!.Result, report.Find("head-length")!.Reason));
    }

    [Fact]
    public void Too_few_pixels_fail_and_a_wrong_aspect_leaves_no_millimetres()
    {
        var tiny = Measure(2, new DrawnPortraitOptions { Width = 110, Height = 160 });
        var square = Measure(2, new DrawnPortraitOptions { Width = 640, Height = 640 });

        Assert.Equal(CheckResult.Fail, tiny.Find("resolution")!.Result);
        Assert.Equal(CheckResult.Fail, square.Find("aspect")!.Result);
        Assert.Equal((null, "ASPECT_WRONG"), (square.HeadLengthMm, square.Find("head-length")!.Reason));
        Assert.NotNull(square.Lines);
    }

    [Fact]
    public void A_damaged_stored_picture_is_reported_not_thrown()
    {
        var facts = new PictureFacts(3, "jpeg", 440, 640, 1, null, null, false);

        var report = engine.Check.Measure(PictureKind.Portrait, new byte[] { 1, 2, 3 }, facts, default);

        Assert.Equal(CheckResult.Fail, report.Find("readable")!.Result);
        Assert.Equal(report.Checks.Count - 1, report.CountOf(CheckResult.Unmeasured));
    }

    [Fact]
    public void Parallel_calls_agree_with_serial_ones()
    {
        var serial = Enumerable.Range(0, 12).Select(seed => JsonSerializer.Serialize(Measure(seed, new DrawnPortraitOptions()))).ToArray();
        var parallel = new string[serial.Length];

        Parallel.For(0, serial.Length, seed => parallel[seed] = JsonSerializer.Serialize(Measure(seed, new DrawnPortraitOptions())));

        Assert.Equal(serial, parallel);
    }

    [Fact]
    public void A_report_survives_json()
    {
        var json = JsonSerializer.Serialize(Measure(4, new DrawnPortraitOptions { HeadLengthMm = 24 }));

        var back = JsonSerializer.Deserialize<PhotoReport>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(back));
        Assert.Equal(CheckResult.Fail, back.Worst);
        Assert.DoesNotContain("Worst", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_tells_what_it_was_made_with()
    {
        var plain = Measure(4, new DrawnPortraitOptions()).MadeWith!;
        using var strict = new PhotoCheck(new PhotoSettings { MaxYawDegrees = 12, MinHeadPixels = 220 });
        var picture = SafeImage.TryNormalise(Draw(4), new PictureLimits()).Picture!;
        var other = strict.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default).MadeWith!;

        Assert.Empty(plain.Changed);
        Assert.Equal(new Dictionary<string, double> { ["MaxYawDegrees"] = 12, ["MinHeadPixels"] = 220 }, other.Changed);
        Assert.NotEqual(plain.Settings, other.Settings);
        Assert.Equal(
            [("face_detection_full_range", "a88943ea0113"), ("face_detection_short_range", "3df39f633512"), ("face_landmark", "247df61594bb"), ("selfie_segmentation", "300e66a2d511")],
            plain.Models.Select(model => (model.Key, model.Value)).Order());
    }

    [Fact]
    public void A_report_of_an_older_engine_stays_as_it_was()
    {
        const string Old = """{"Width":440,"Height":640,"Faces":1,"HeadLengthMm":20.5,"HeadWidthMm":null,"EarRootWidthMm":11.5,"Lines":{"CrownY":42,"ChinY":452,"LeftX":70,"RightX":370},"Face":{"X":100,"Y":120,"Width":240,"Height":300},"EngineVersion":"1","Checks":[{"Id":"readable","Result":"Pass","Value":null,"Unit":null,"Min":null,"Max":null,"Uncertainty":null,"Reason":null}],"Background":null}""";

        var back = JsonSerializer.Deserialize<PhotoReport>(Old)!;

        Assert.Equal(("1", null, 20.5), (back.EngineVersion, back.MadeWith, back.HeadLengthMm));
        Assert.StartsWith(Old[..^1], JsonSerializer.Serialize(back), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_measured_as_sent_measures_as_its_stored_copy()
    {
        var sent = DrawnPortrait.Portrait(5, new DrawnPortraitOptions { Width = 880, Height = 1280 });
        var stored = Measure(5, new DrawnPortraitOptions { Width = 880, Height = 1280 });

        var report = engine.Check.MeasureSent(PictureKind.Portrait, sent, out var refusal, default);

        Assert.Null(refusal);
        Assert.Equal((stored.Width, stored.Height, stored.Faces), (report.Width, report.Height, report.Faces));
        Assert.Equal(stored.HeadLengthMm!.Value, report.HeadLengthMm!.Value, 0.1);
        Assert.Equal(stored.HeadWidthMm!.Value, report.HeadWidthMm!.Value, 0.1);
    }

    [Theory]
    [InlineData(PictureKind.CardEmblemSide, "card-readable,card-sharpness,card-glare,card-crop,card-side")]
    [InlineData(PictureKind.PhotoOnFile, "readable")]
    [InlineData(PictureKind.CardPortraitSide, "card-readable,card-sharpness,card-glare,card-crop,card-side")]
    [InlineData(PictureKind.LiveFrame, "readable,single-face")]
    public void Other_pictures_get_their_own_checks(PictureKind kind, string ids)
    {
        var file = kind == PictureKind.CardEmblemSide ? DrawnCard.EmblemSide(3, "X", new(2020, 1, 1), null) : DrawnCard.PortraitSide(3, "WANG", "11010519491231002X");
        var picture = SafeImage.TryNormalise(file, new PictureLimits()).Picture!;

        var report = engine.Check.Measure(kind, picture.Jpeg, picture.Facts, default);

        Assert.Equal(ids, string.Join(',', report.Checks.Select(check => check.Id)));
        Assert.Equal(ids, string.Join(',', engine.Check.ChecksFor(kind)));
        Assert.Equal(CheckResult.Pass, report.Worst);
    }

    [Fact]
    public void A_new_check_is_one_class_and_one_line()
    {
        using var check = new PhotoCheck(new PhotoSettings(), [.. CheckList.All, new AlwaysLook()]);
        var picture = SafeImage.TryNormalise(Draw(1), new PictureLimits()).Picture!;

        Assert.Equal(CheckResult.Look, check.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default).Find("always-look")!.Result);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_at_the_start()
    {
        Assert.Throws<ValidationException>(() => new PhotoCheck(new PhotoSettings { MinHeadLengthMm = 23 }));
        Assert.Throws<ValidationException>(() => new PhotoCheck(new PhotoSettings { PrintHeightMm = 0 }));
        Assert.Throws<ValidationException>(() => new PhotoCheck(new PhotoSettings { Limits = new PictureLimits { MaxScans = 100_000 } }));
    }

    [Fact]
    public void Cancelling_stops_the_measuring()
    {
        var picture = SafeImage.TryNormalise(Draw(1), new PictureLimits()).Picture!;

        Assert.Throws<OperationCanceledException>(() => engine.Check.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, new CancellationToken(canceled: true)));
    }

    private static byte[] Draw(int seed) => DrawnPortrait.Portrait(seed, new DrawnPortraitOptions());

    private static string Words(PhotoReport report) => string.Join(' ', report.Checks.Where(check => check.Result != CheckResult.Pass));

    private PhotoReport Measure(int seed, DrawnPortraitOptions options)
    {
        var picture = SafeImage.TryNormalise(DrawnPortrait.Portrait(seed, options), new PictureLimits()).Picture!;
        return engine.Check.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default);
    }

    private sealed class AlwaysLook : PictureCheck
    {
        public override string Id => "always-look";

        public override CheckOutcome Judge(Evidence evidence) => new(Id, CheckResult.Look, null, null, null, null, null, null);
    }
}
