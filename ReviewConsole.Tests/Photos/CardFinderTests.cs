using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Photos;

public sealed class CardFinderTests
{
    [Theory]
    [InlineData(CardTable.Grey, 0.3)]
    [InlineData(CardTable.Dark, 0.3)]
    [InlineData(CardTable.Wood, 0.4)]
    [InlineData(CardTable.Cloth, 0.4)]
    [InlineData(CardTable.White, 0.9)]
    public void A_card_is_found_wherever_and_however_it_lies(CardTable table, double meanMm)
    {
        Random random = new(7);
        var (sum, missed) = (0.0, new List<string>());
        var scenes = Sizes.Of(200);
        for (var i = 0; i < scenes; i++)
        {
            var scene = Anyhow(random, i) with { Table = table };
            var error = ErrorMm(scene, Find(DrawnCard.EmblemSide(i, "样本市公安局", new(2020, 1, 1), null, scene)));
            sum += Math.Min(error, 3);
            if (error > 2)
                missed.Add($"{i}: {error:0.0} mm, {scene}");
        }

        Assert.True(missed.Count <= scenes / 20, string.Join(Environment.NewLine, missed));
        Assert.InRange(sum / scenes, 0, meanMm + (3.0 * missed.Count / scenes));
    }

    [Fact]
    public void Every_turn_is_found()
    {
        for (var turn = 0; turn < 360; turn += Sizes.Full ? 4 : 24)
        {
            CardScene scene = new() { Width = 1000, Height = 900, Size = 0.6, Turn = turn, Noise = 4 };
            Assert.InRange(ErrorMm(scene, Find(DrawnCard.PortraitSide(turn, "王小明", "11010519491231002X", scene))), 0, 0.8);
        }
    }

    [Theory]
    [InlineData(CardTable.Grey)]
    [InlineData(CardTable.White)]
    [InlineData(CardTable.Wood)]
    [InlineData(CardTable.Cloth)]
    public void An_empty_table_has_no_card(CardTable table)
    {
        for (var seed = 0; seed < 8; seed++)
            Assert.Null(Find(DrawnCard.EmblemSide(seed, "A", new(2020, 1, 1), null, new() { Width = 1000, Height = 750, Table = table, Noise = seed, Shade = seed / 20.0, Empty = true })));
    }

    [Fact]
    public void A_portrait_is_no_card()
    {
        for (var seed = 0; seed < Sizes.Of(60); seed++)
            Assert.Null(Find(DrawnPortrait.Portrait(seed, new())));
    }

    [Fact]
    public void Of_a_card_with_a_side_out_of_the_picture_the_rest_is_known_from_its_proportions()
    {
        CardScene scene = new() { Width = 1000, Height = 750, Size = 0.7, ShiftX = 0.22, Table = CardTable.Dark };
        var found = Find(DrawnCard.EmblemSide(1, "A", new(2020, 1, 1), null, scene))!;
        Assert.InRange(ErrorMm(scene, found), 0, 1.5);
        Assert.True(found[1].X > 1050);
    }

    [Fact]
    public void A_small_picture_is_searched_as_it_is_and_a_tiny_one_not_at_all()
    {
        CardScene scene = new() { Width = 280, Height = 200, Size = 0.7, Turn = 5 };
        Assert.InRange(ErrorMm(scene, Find(DrawnCard.EmblemSide(1, "A", new(2020, 1, 1), null, scene))), 0, 1.5);
        using Raster tiny = new(40, 40);
        Assert.Null(CardFinder.Find(tiny));
    }

    [Fact]
    public void The_same_picture_has_the_same_card()
    {
        var file = DrawnCard.PortraitSide(2, "A", "11010519491231002X", new() { Width = 1000, Height = 750, Size = 0.6, Turn = 9, Table = CardTable.Wood });
        Assert.Equal(Find(file), Find(file));
    }

    /// <summary>One of the ways in which people photograph a card: nearly straight, tilted by up to ten degrees, or turned by any angle.</summary>
    private static CardScene Anyhow(Random random, int number) => number % 4 == 3
        ? new() { Width = 1000, Height = 750, Size = 0.55, Turn = random.NextDouble() * 360, Noise = random.Next(8) }
        : new()
        {
            Width = 1000,
            Height = 750,
            Size = 0.45 + (0.3 * random.NextDouble()),
            Turn = (random.NextDouble() * 30) - 15,
            Tilt = (random.NextDouble() * 20) - 10,
            Lean = (random.NextDouble() * 20) - 10,
            ShiftX = (random.NextDouble() * 0.06) - 0.03,
            ShiftY = (random.NextDouble() * 0.06) - 0.03,
            Shade = random.NextDouble() * 0.3,
            Noise = random.Next(8),
        };

    private static Point[]? Find(byte[] file)
    {
        using var picture = SafeImage.TryDecode(SafeImage.TryNormalise(file, new()).Picture!.Jpeg, 1000, out _, out _)!;
        return CardFinder.Find(picture);
    }

    /// <summary>The largest distance of a corner from where it was drawn, in mm of the card; upside down counts as found.</summary>
    private static double ErrorMm(CardScene scene, Point[]? found)
    {
        var drawn = scene.Corners();
        return found is null ? double.MaxValue : Enumerable.Range(0, 4).Min(first => Enumerable.Range(0, 4).Max(i => (found[(first + i) % 4] - drawn[i]).Length)) * 85.6 / (scene.Size * scene.Width);
    }
}
