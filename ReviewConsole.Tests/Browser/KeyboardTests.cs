using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Features.Desk;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ReviewConsole.Tests.Browser;

/// <summary>The desk by keyboard alone: where the hands are after each step, how many keys an action takes and how long the product lets them wait.</summary>
public sealed class KeyboardTests(ConsoleHost host, Support.Browser browser, ITestOutputHelper output) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>, IUseCase
{
    private const int Cases = 50;

    // What the person looks at before the first key, and what the product asks for so that a bouncing key decides nothing.
    private const int Look = 350;
    private static readonly Kind[] Order =
    [
        Kind.Approve, Kind.RejectSuggested, Kind.Approve, Kind.RejectByNumber, Kind.ApproveOver, Kind.RejectByInitials, Kind.Approve, Kind.Ask, Kind.RejectOver, Kind.PutBack,
    ];

    private readonly List<string> faults = [];
    private readonly List<(Kind Kind, int Keys, double Waited)> measured = [];
    private readonly Dictionary<string, Kind> kinds = [];
    private byte[] portrait = null!;
    private int people;
    private int keys;

    private enum Kind
    {
        Approve,
        ApproveOver,
        RejectSuggested,
        RejectByNumber,
        RejectByInitials,
        RejectOver,
        Ask,
        PutBack,
    }

    public static Permission Needs => Permission.System;

    [BrowserFact]
    public async Task Fifty_cases_are_worked_off_without_the_mouse()
    {
        await host.Services.AddStaffMember("typist", Roles.Reviewer);
        portrait = DrawnPortrait.Portrait(1, new());
        for (var i = 0; i < Cases; i++)
            kinds.Add($"{await Deal(Order[i % Order.Length])}", Order[i % Order.Length]);
        var page = await browser.OpenAs(host, "typist", faults, "/queues/e-licence");
        await Expect(page.GetByTestId("claim-next")).ToBeEnabledAsync();
        await Press(page, "n");
        var started = Stopwatch.StartNew();
        for (var done = 1; done <= Cases; done++)
            await Work(page, done == Cases);

        output.WriteLine(Table(started.Elapsed));
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task The_sheet_shows_the_keys_of_the_page_and_a_new_key_works_and_is_printed_at_once()
    {
        await host.Services.AddStaffMember("changer", Roles.Reviewer, ["浙"]);
        portrait = DrawnPortrait.Portrait(1, new());
        await Deal(Kind.Approve, "浙A");
        var page = await browser.OpenAs(host, "changer", faults, "/queues/e-licence");
        await Expect(page.GetByTestId("claim-next")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("?");
        var sheet = page.Locator("dialog#keys");
        await Expect(sheet).ToBeVisibleAsync();
        // While the sheet is open, keys act on nothing beneath it.
        await page.Keyboard.PressAsync("n");
        await page.GetByTestId("change-Next").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("catch")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeVisibleAsync();
        await Expect(page.GetByTestId("catch")).ToHaveCountAsync(0);
        await page.GetByTestId("change-Next").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("catch")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("F");
        await Expect(sheet.GetByRole(AriaRole.Status)).ToContainTextAsync("按受理号查找");
        await page.Keyboard.PressAsync("j");
        await Expect(sheet.GetByRole(AriaRole.Status)).ToContainTextAsync("J");
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page.GetByTestId("claim-next").Locator("kbd")).ToHaveTextAsync("J");
        await Expect(page.Locator("[data-key=KeyJ]")).ToBeEnabledAsync();
        await Expect(page.Locator(".queue-list tbody tr")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("n");
        Assert.EndsWith("/queues/e-licence", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("j");
        await page.IsAt("/cases/*");
        // Measurements, one after the other, and fields that are masked.
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        await Task.Delay(Look);
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".measures tr.on")).ToHaveCountAsync(1);
        await Expect(page.Locator(".masked button")).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("y");
        await Expect(page.Locator(".masked button")).ToHaveCountAsync(2);
        // Kept for the person, wherever the next sign-in is.
        var again = await browser.OpenAs(host, "changer", faults, "/queues/e-licence");
        await Expect(again.GetByTestId("claim-next").Locator("kbd")).ToHaveTextAsync("J");
        await again.Keyboard.PressAsync("q");
        await Expect(again.GetByTestId("duty").Locator(".chip")).ToHaveTextAsync("离岗");
        await Task.Delay(Look);
        await again.Keyboard.PressAsync("q");
        await Expect(again.GetByTestId("duty").Locator(".chip")).ToHaveTextAsync("在岗");
        await page.Context.CloseAsync();
        await again.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Escape_clears_what_is_typed_then_closes_and_what_an_input_method_composes_does_nothing()
    {
        await host.Services.AddStaffMember("careful", Roles.Reviewer, ["川"]);
        portrait = DrawnPortrait.Portrait(1, new());
        await Deal(Kind.Approve, "川A");
        var page = await browser.OpenAs(host, "careful", faults, "/queues/e-licence");
        await page.PressNext();
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        await Task.Delay(Look);
        var address = page.Url;
        // Typed on before the panel is there: it belongs into the panel's field; 's' alone would put the case back.
        foreach (var key in "rsjbp")
            await page.Keyboard.PressAsync($"{key}");
        var find = page.GetByTestId("find");
        await Expect(find).ToHaveValueAsync("sjbp");
        await Expect(find).ToBeFocusedAsync();
        await Expect(page.Locator("label.on")).ToContainTextAsync("双肩不平");
        await page.EvaluateAsync("""
            () => {
              const field = document.activeElement;
              for (const code of ['Digit1', 'Escape', 'Enter'])
                field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
            }
            """);
        await Task.Delay(200);
        Assert.Equal(0, await page.Locator(".decision input:checked").CountAsync());
        await page.Keyboard.PressAsync("Escape");
        await Expect(find).ToHaveValueAsync("");
        await Expect(page.Locator("label.on")).ToHaveCountAsync(0);
        await Expect(find).ToBeFocusedAsync();
        await Task.Delay(Look);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("decision")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("reject")).ToBeFocusedAsync();

        // A server that takes two seconds: 'h' alone would open another panel, 's' put the case back.
        await page.EvaluateAsync("""
            () => document.querySelector('[data-testid=reject]').addEventListener('click', (event) => {
              const button = event.currentTarget;
              event.stopPropagation();
              setTimeout(() => button.click(), 2000);
            }, { once: true })
            """);
        await Task.Delay(Look);
        await page.Keyboard.PressAsync("r");
        await Task.Delay(1500);
        foreach (var key in "hs")
            await page.Keyboard.PressAsync($"{key}");
        await Expect(find).ToHaveValueAsync("hs");
        Assert.Equal(address, page.Url);
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    private async Task Work(IPage page, bool last)
    {
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        await Task.Delay(Look);
        var (id, waited) = (page.Url.Split('/')[^1], Stopwatch.StartNew());
        var kind = kinds[id];
        keys = 0;
        switch (kind)
        {
            case Kind.Approve:
                await Press(page, "a");
                break;
            case Kind.ApproveOver:
                await Press(page, "a");
                await Expect(page.GetByTestId("dissent")).ToBeFocusedAsync();
                await Press(page, "2");
                break;
            case Kind.RejectSuggested:
                await Panel(page, "r");
                await Ticked(page, "PHOTO_BACKGROUND");
                await Press(page, "Enter");
                break;
            case Kind.RejectByNumber:
                await Panel(page, "r");
                await Press(page, "4");
                await Press(page, "7");
                await Ticked(page, "PHOTO_HEAD_LENGTH", "PHOTO_BACKGROUND");
                await Expect(page.GetByTestId("find")).ToBeFocusedAsync();
                await Press(page, "Enter");
                break;
            case Kind.RejectByInitials:
                await Press(page, "r");
                foreach (var letter in "bjbh")
                    await Press(page, $"{letter}");
                await Expect(page.GetByTestId("find")).ToHaveValueAsync("bjbh");
                await Expect(page.Locator("label.on")).ToContainTextAsync("背景不是白色");
                await Expect(page.GetByTestId("find")).ToBeFocusedAsync();
                await Press(page, "Enter");
                await Ticked(page, "PHOTO_BACKGROUND");
                await Expect(page.GetByTestId("find")).ToHaveValueAsync("");
                await Expect(page.GetByTestId("find")).ToBeFocusedAsync();
                waited.Stop();
                await Task.Delay(Look);
                waited.Start();
                await Press(page, "Enter");
                break;
            case Kind.RejectOver:
                await Panel(page, "r");
                await Press(page, "9");
                await Ticked(page, "PHOTO_BLUR");
                await Press(page, "Enter");
                await Expect(page.GetByTestId("dissent")).ToBeFocusedAsync();
                await Press(page, "1");
                break;
            case Kind.Ask:
                await Panel(page, "m");
                await Press(page, "9");
                await Ticked(page, "PHOTO_BLUR");
                await Press(page, "Enter");
                break;
            case Kind.PutBack:
                await Press(page, "s");
                await page.IsAt("/queues/e-licence");
                await Expect(page.Locator("h1")).ToBeFocusedAsync();
                if (!last)
                {
                    await Expect(page.GetByTestId("claim-next")).ToBeEnabledAsync();
                    await Press(page, "n");
                }

                break;
            default:
                throw new UnreachableException();
        }

        // The next case, or the list when all is done; the hands are free for any key.
        await page.HasLeft(id);
        if (!last)
            await page.IsAt("/cases/*");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        measured.Add((kind, keys, waited.Elapsed.TotalMilliseconds));
    }

    private async Task Press(IPage page, string key)
    {
        keys++;
        await page.Keyboard.PressAsync(key);
    }

    private async Task Panel(IPage page, string key)
    {
        await Press(page, key);
        await Expect(page.GetByTestId("find")).ToBeFocusedAsync();
    }

    private static async Task Ticked(IPage page, params string[] reasons)
    {
        await Expect(page.Locator(".decision input:checked")).ToHaveCountAsync(reasons.Length);
        foreach (var reason in reasons)
            await Expect(page.GetByTestId($"reason-{reason}")).ToBeCheckedAsync();
        await Expect(page.GetByTestId("send")).ToBeEnabledAsync();
    }

    private string Table(TimeSpan all)
    {
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"{Cases} cases in {all.TotalSeconds:F0} s").AppendLine("| action | times | keys | ms, median | ms, longest |").AppendLine("|---|---|---|---|---|");
        foreach (var group in measured.GroupBy(m => m.Kind).OrderBy(g => g.Key))
        {
            var waited = group.Select(m => m.Waited).Order().ToList();
            table.AppendLine(CultureInfo.InvariantCulture, $"| {group.Key} | {waited.Count} | {group.Max(m => m.Keys)} | {waited[waited.Count / 2]:F0} | {waited[^1]:F0} |");
        }

        return table.ToString();
    }

    /// <summary>An open case whose portrait was measured.</summary>
    private async Task<CaseId> Deal(Kind kind, string authority = "粤B")
    {
        var picture = Guid.CreateVersion7();
        await host.Get<PictureStore>().Put(picture, portrait, CancellationToken.None);
        var number = CitizenId.Compose("440305", new DateOnly(1980, 1, 1).AddDays(people++), authority[0] % 500).Value;
        CheckOutcome[] checks =
        [
            DeskContext.Check("background", kind is Kind.ApproveOver or Kind.RejectSuggested ? CheckResult.Fail : CheckResult.Look),
            DeskContext.Check("sharpness", kind == Kind.RejectOver ? CheckResult.Pass : CheckResult.Look),
        ];
        return (await host.Get<Commit>().Run<KeyboardTests, CaseId>(Actor.System("test"), unit =>
        {
            Assert.True(PersonName.TryParse("王小明", out var name, out _));
            Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentIdentityCard, number, new(2026, 11, 23), out var document, out _));
            Assert.True(PhoneNumber.TryParse("13812345678", out var phone, out _));
            Applicant applicant = new(Guid.CreateVersion7(), name, document, phone, PhoneSource.PoliceRecord, RegistrationLevel.RealPerson);
            DriverLicence licence = new(number, "A", "C1", new(2020, 1, 1), new(2040, 1, 1), authority, null, unit.Now.AddDays(-1));
            ELicenceApplication application = new(Guid.CreateVersion7(), applicant.Id, ApplicationKind.First, RegistrationLevel.RealPerson, licence, PhotoSource.Camera, null);
            Picture shown = new(picture, application.Id, applicant.Id, PictureKind.Portrait, 0, 440, 640, new(portrait.Length, "jpeg", 440, 640, 1, 90, null, false), $"{picture:N}", unit.Now);
            shown.Keep(DeskContext.Report(checks));
            ReviewCase made = new(CaseId.New(unit.Now), $"{authority}{people:000000}", Queues.ELicence, authority, application.Id, applicant.Id, host.Get<Clocks>().For(Queues.ELicence), "client:test", unit.Now);
            Assert.Null(made.FinishChecks(givenUp: false));
            unit.Db.Add(applicant);
            unit.Db.Add(application);
            unit.Db.Add(shown);
            unit.Db.Add(made);
            return Task.FromResult<Answer<CaseId>>(made.Id);
        })).Value;
    }
}
