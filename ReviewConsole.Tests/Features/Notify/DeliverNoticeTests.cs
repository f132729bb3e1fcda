using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Notify;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Notify;

public sealed class DeliverNoticeTests : IAsyncLifetime
{
    private static readonly Actor Administrator = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);
    private readonly Lines lines = new();
    private GatewayStub gateway = null!;
    private TestStore store = null!;
    private Casework work = null!;

    [Fact]
    public async Task The_gateway_gets_the_signed_notice_once()
    {
        await Told();

        var request = Assert.Single(gateway.Requests);
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(GatewayStub.Secret), Encoding.UTF8.GetBytes($"{request.Timestamp}.{request.Body}")));
        Assert.Equal(expected, request.Signature);
        Assert.Equal(store.Time.GetUtcNow().ToUnixTimeSeconds(), long.Parse(request.Timestamp, CultureInfo.InvariantCulture));
        using var json = JsonDocument.Parse(request.Body);
        var sent = json.RootElement;
        var delivery = await Sms();
        Assert.Equal(delivery.Id.ToString(), request.Delivery);
        Assert.Equal(delivery.Id, sent.GetProperty("deliveryId").GetGuid());
        Assert.Equal("sms", sent.GetProperty("channel").GetString());
        Assert.Equal("13812345678", sent.GetProperty("receiver").GetString());
        Assert.Equal("e-licence-rejected", sent.GetProperty("template").GetString());
        Assert.StartsWith("【交管12123】您的电子驾驶证申请（受理号", sent.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.False(sent.TryGetProperty("title", out _));
        Assert.Equal((DeliveryState.Delivered, 1), (delivery.State, delivery.Tries));
    }

    [Fact]
    public async Task A_channel_without_an_address_uses_the_mailbox_of_the_installation()
    {
        await Told();
        await using var db = await store.Open();
        var app = await db.Deliveries.SingleAsync(d => d.Channel == Channel.App);
        Assert.Equal((DeliveryState.Delivered, 1), (app.State, app.Tries));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(302)]
    public async Task What_may_pass_is_tried_again_under_the_same_id_until_it_is_taken(int status)
    {
        gateway.Answer = number => number < 3 ? status : 200;
        await Told();
        Assert.Equal((DeliveryState.Pending, 1, $"HTTP {status}"), await Standing());
        await store.Drain();
        Assert.Single(gateway.Requests);

        await work.Settle(TimeSpan.FromSeconds(1));
        await work.Settle(TimeSpan.FromSeconds(2));
        Assert.Equal((DeliveryState.Delivered, 3, null), await Standing());
        Assert.Single(gateway.Requests.Select(r => r.Delivery).Distinct());
        Assert.Equal(0, await work.Waiting(Effects.Deliver));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task What_the_gateway_refuses_is_dead_at_once(int status)
    {
        gateway.Answer = _ => status;
        await Told();
        await work.Settle(TimeSpan.FromHours(1));

        Assert.Single(gateway.Requests);
        Assert.Equal((DeliveryState.Dead, 1, $"HTTP {status}"), await Standing());
        Assert.Equal([nameof(DeliveryPlanned), nameof(DeliveryGivenUp)], await work.Audited($"delivery:{(await Sms()).Id}"));
    }

    [Fact]
    public async Task A_gateway_that_never_recovers_is_given_up_and_an_administrator_can_send_again()
    {
        gateway.Answer = _ => 500;
        await Told();
        for (var tries = 0; tries < 20; tries++)
            await work.Settle(TimeSpan.FromMinutes(5));
        var most = new ReviewSettings().DeliveryTries;
        Assert.Equal(most, gateway.Requests.Count);
        Assert.Equal((DeliveryState.Dead, most, "HTTP 500"), await Standing());

        gateway.Answer = _ => 200;
        var id = (await Sms()).Id;
        // Every try is in the log: when, the how manieth and why.
        var history = (await store.Get<DeliveryHistoryQuery>().Handle(Administrator, id)).Value;
        Assert.Equal([nameof(DeliveryGivenUp), .. Enumerable.Repeat(nameof(DeliveryFailed), most - 1), nameof(DeliveryPlanned)], history.Lines.Select(line => line.Kind));
        Assert.Equal(most, history.Lines.Take(most).Select(line => line.At).Distinct().Count());
        Assert.All(history.Lines.Take(most), line => Assert.Contains(line.Details, detail => detail is { Field: "Fault", Values: ["HTTP 500"] }));
        Assert.Empty((await store.Get<ResendDeliveries>().Handle(Administrator, [id], long.MaxValue)).Value);
        await store.Drain();
        Assert.Equal((DeliveryState.Delivered, 1, null), await Standing());
        Assert.Single(gateway.Requests.Select(r => r.Delivery).Distinct());
    }

    [Fact]
    public async Task Whatever_goes_wrong_on_the_way_is_a_try_that_names_its_kind()
    {
        store.Get<IOptions<NotifySettings>>().Value.Sms.Url = "http://[broken";
        await Told();
        Assert.Equal((DeliveryState.Pending, 1, nameof(UriFormatException)), await Standing());
        for (var tries = 0; tries < 20; tries++)
            await work.Settle(TimeSpan.FromMinutes(5));

        Assert.Equal((DeliveryState.Dead, new ReviewSettings().DeliveryTries, nameof(UriFormatException)), await Standing());
        Assert.Equal(0, await work.Waiting(Effects.Deliver));
        Assert.DoesNotContain("13812345678", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_in_time_is_tried_again()
    {
        var notify = store.Get<IOptions<NotifySettings>>().Value;
        (gateway.Delay, notify.TimeoutSeconds) = (TimeSpan.FromSeconds(60), 0.5);
        await Told();
        Assert.Equal((DeliveryState.Pending, 1, "Timeout"), await Standing());
        (gateway.Delay, notify.TimeoutSeconds) = (TimeSpan.Zero, 60);
        await work.Settle(TimeSpan.FromSeconds(1));
        Assert.Equal((DeliveryState.Delivered, 2, null), await Standing());
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_tried_again()
    {
        await gateway.DisposeAsync();
        await Told();
        Assert.Equal((DeliveryState.Pending, 1, "ConnectionError"), await Standing());
    }

    [Fact]
    public async Task A_crash_after_the_gateway_took_it_repeats_under_the_same_id_and_counts_once()
    {
        var id = await work.Application();
        await work.Decide(id, new(Outcome.Rejected, ["PHOTO_HAT"]));
        store.Time.Advance(TimeSpan.FromSeconds(10));
        var finalise = store.Services.GetServices<IOutboxWorker>().Single(w => w.Topic == Effects.Finalise);
        await finalise.Work(await work.Ticket(Effects.Finalise, id.ToString()), default);
        // The second worker stands for the restart: it, too, starts from the message as it was before the first one's commit.
        var ticket = await work.Ticket(Effects.Deliver, (await Sms()).Id.ToString());
        var deliver = store.Services.GetServices<IOutboxWorker>().Single(w => w.Topic == Effects.Deliver);
        gateway.Delay = TimeSpan.FromMilliseconds(200);
        await Task.WhenAll(deliver.Work(ticket, default), deliver.Work(ticket, default));
        await deliver.Work(ticket, default);

        Assert.InRange(gateway.Requests.Count, 1, 2);
        Assert.Single(gateway.Requests.Select(r => r.Delivery).Distinct());
        Assert.Equal((DeliveryState.Delivered, 1, null), await Standing());
        Assert.Single(await work.Audited($"delivery:{(await Sms()).Id}"), nameof(NoticeDelivered));
    }

    [Fact]
    public async Task Neither_secret_nor_receiver_nor_words_reach_the_log()
    {
        gateway.Answer = number => number == 1 ? 500 : 400;
        await Told();
        await work.Settle(TimeSpan.FromSeconds(1));

        foreach (var line in lines.All)
        {
            Assert.DoesNotContain(GatewayStub.Secret, line, StringComparison.Ordinal);
            Assert.DoesNotContain("13812345678", line, StringComparison.Ordinal);
            Assert.DoesNotContain("请脱帽", line, StringComparison.Ordinal);
        }

        Assert.NotEmpty(lines.All);
    }

    [Theory]
    [InlineData("ftp://gateway/notices", GatewayStub.Secret)]
    [InlineData("/notices", GatewayStub.Secret)]
    [InlineData("file:///etc/passwd", GatewayStub.Secret)]
    [InlineData("https://gateway/notices", null)]
    [InlineData("https://gateway/notices", "short")]
    public async Task An_address_or_secret_that_cannot_be_right_stops_the_start(string url, string? secret)
    {
        TestStore wrong = new() { Setup = builder => (builder.Configuration["Notify:Sms:Url"], builder.Configuration["Notify:Sms:Secret"]) = (url, secret) };
        await wrong.InitializeAsync();
        var fault = Assert.Throws<OptionsValidationException>(() => wrong.Get<IOptions<NotifySettings>>().Value);
        Assert.Contains("Notify:Sms", fault.Message, StringComparison.Ordinal);
        await wrong.DisposeAsync();
    }

    public async Task InitializeAsync()
    {
        gateway = await GatewayStub.Start();
        store = new()
        {
            Setup = builder =>
            {
                builder.Configuration["Notify:Sms:Url"] = gateway.Url;
                builder.Configuration["Notify:Sms:Secret"] = GatewayStub.Secret;
                builder.Configuration["Notify:TimeoutSeconds"] = "60";
                builder.Logging.AddProvider(lines).SetMinimumLevel(LogLevel.Trace);
                builder.Services.PostConfigure<LoggerFilterOptions>(filters => filters.Rules.Clear());
            },
        };
        work = new(store);
        await store.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        await store.DisposeAsync();
        lines.Dispose();
    }

    private async Task Told()
    {
        await work.Decide(await work.Application(), new(Outcome.Rejected, ["PHOTO_HAT"]));
        await work.Settle();
    }

    private async Task<Delivery> Sms()
    {
        await using var db = await store.Open();
        return await db.Deliveries.AsNoTracking().SingleAsync(d => d.Channel == Channel.Sms);
    }

    private async Task<(DeliveryState State, int Tries, string? Fault)> Standing()
    {
        var sms = await Sms();
        return (sms.State, sms.Tries, sms.LastFault);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> all = [];

        public IReadOnlyCollection<string> All => all;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
