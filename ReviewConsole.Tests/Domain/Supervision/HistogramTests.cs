using CsCheck;
using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Tests.Domain.Supervision;

public sealed class HistogramTests
{
    private static readonly Histogram Three = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(40));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(10.01, 1)]
    [InlineData(40, 2)]
    [InlineData(41, 3)]
    public void A_bucket_includes_its_upper_limit(double minutes, int bucket) => Assert.Equal(bucket, Three.BucketOf(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(0.25, 5)]
    [InlineData(0.5, 10)]
    [InlineData(0.75, 30)]
    [InlineData(1, 40)]
    public void A_percentile_lies_on_the_straight_line_within_its_bucket(double share, double minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Three.Percentile(new Dictionary<int, int> { [0] = 2, [2] = 2 }, share));

    [Fact]
    public void Beyond_the_last_limit_the_limit_is_said_and_of_nothing_nothing()
    {
        Assert.Equal(TimeSpan.FromMinutes(40), Three.Percentile(new Dictionary<int, int> { [3] = 5 }, .5));
        Assert.Null(Three.Percentile(new Dictionary<int, int>(), .5));
    }

    [Fact]
    public void The_percentile_lies_in_the_bucket_of_the_value_of_that_rank() => Gen.Int[1, 10_000].Array[1, 60].Sample(minutes =>
    {
        var times = minutes.Select(m => TimeSpan.FromMinutes(m)).Order().ToList();
        var counts = times.GroupBy(Histogram.Took.BucketOf).ToDictionary(g => g.Key, g => g.Count());
        foreach (var share in new[] { .5, .9 })
        {
            var exact = times[(int)Math.Ceiling(share * times.Count) - 1];
            var said = Histogram.Took.Percentile(counts, share)!.Value;
            Assert.True(Histogram.Took.BucketOf(said) == Math.Min(Histogram.Took.BucketOf(exact), Histogram.Took.Buckets - 2), $"{said} for {exact}");
        }
    });
}

public sealed class ShareIntervalTests
{
    // Values of Wilson's interval as they stand in tables.
    [Theory]
    [InlineData(0, 10, 0, 0, 0.2775)]
    [InlineData(5, 10, 0.5, 0.2366, 0.7634)]
    [InlineData(10, 10, 1, 0.7225, 1)]
    [InlineData(4, 100, 0.04, 0.0157, 0.0984)]
    public void The_interval_is_Wilsons(int hits, int all, double share, double low, double high)
    {
        var interval = ShareInterval.Of(hits, all)!.Value;
        Assert.Equal((share, low, high), (interval.Share, Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void Of_nothing_there_is_no_share() => Assert.Null(ShareInterval.Of(0, 0));
}
