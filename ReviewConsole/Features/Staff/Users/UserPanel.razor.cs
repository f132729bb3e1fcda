using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.People;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>One account: what the person is and reaches, its password and state, what was changed; or the form of a new one.</summary>
public sealed partial class UserPanel
{
    private readonly HashSet<string> authorities = new(StringComparer.Ordinal);
    private readonly HashSet<string> queues = new(StringComparer.Ordinal);
    private readonly HashSet<string> opened = new(StringComparer.Ordinal);
    private ImmutableArray<ChangeLine> changes = [];
    private UserRow? current;
    private UserEntry? seen;
    private string? userName = "";
    private string? displayName = "";
    private Roles roles;
    private IdentityDocumentKind documentKind;
    private string? documentNumber;
    private ElementReference passwordField;
    private string? password;
    private string? focused;
    private string? told;
    private bool refused;
    private Act? asked;
    private bool busy;

    // What cannot be undone is asked for first.
    private enum Act
    {
        ClearDocument,
        ResetPassword,
        CloseAccount,
    }

    /// <summary>The account; null for one to be made.</summary>
    [Parameter]
    public UserRow? Row { get; set; }

    /// <summary>True for who may change it; others read.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>True where it is the reader's own account.</summary>
    [Parameter]
    public bool IsSelf { get; set; }

    /// <summary>The password of an account that was just made: it is shown this once.</summary>
    [Parameter]
    public string? FirstPassword { get; set; }

    /// <summary>Something was changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>An account was made: its id and first password.</summary>
    [Parameter]
    public EventCallback<(Guid Id, string Password)> OnCreated { get; set; }

    /// <summary>The panel is closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private UsersQuery Query { get; set; } = null!;

    [Inject]
    private CreateUser Create { get; set; } = null!;

    [Inject]
    private ChangeUser Change { get; set; } = null!;

    [Inject]
    private RecordOwnDocument Document { get; set; } = null!;

    [Inject]
    private ClearOwnDocument NoDocument { get; set; } = null!;

    [Inject]
    private ResetPassword NewPassword { get; set; } = null!;

    [Inject]
    private UnlockUser UnlockAccount { get; set; } = null!;

    [Inject]
    private CloseUser CloseAccount { get; set; } = null!;

    [Inject]
    private ReopenUser ReopenAccount { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private bool Editable => MayChange && Row?.State != UserState.Closed;

    private UserEntry Entry => new(displayName ?? "", roles, authorities, queues);

    // Somebody else changed it while the form was being filled in.
    private bool Overtaken => Editable && Row is not null && seen is not null && !seen.Same(Row.Entry);

    /// <inheritdoc/>
    protected override void OnInitialized() => password = FirstPassword;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Row is null || Row == current)
            return;
        current = Row;
        // What was typed stays; an untouched form follows.
        if (seen is null || Entry.Same(seen))
            Fill(Row.Entry);
        await LoadChanges();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (password == focused)
            return;
        focused = password;
        // A new password must not appear out of sight.
        if (password is not null)
            await passwordField.FocusAsync();
    }

    private static void Put(HashSet<string> chosen, string value, bool on)
    {
        if (on)
            chosen.Add(value);
        else
            chosen.Remove(value);
    }

    private void Fill(UserEntry entry)
    {
        (seen, displayName, roles) = (entry, entry.DisplayName, entry.Roles);
        authorities.Clear();
        // What the catalogue does not know any more cannot be kept.
        authorities.UnionWith(entry.Authorities.Where(code => Authorities.Find(code) is not null));
        queues.Clear();
        queues.UnionWith(entry.Queues.Where(id => Queues.Find(id) is not null));
        // A whole province need not be looked into.
        opened.UnionWith(authorities.Select(code => Authorities.Path(code)).Where(path => path.Length > 1).Select(path => path[0].Code));
    }

    private void StartOver()
    {
        Fill(Row!.Entry);
        told = null;
    }

    private void Give(Roles role, bool on) => roles = on ? roles | role : roles & ~role;

    // An authority includes those below it: they need not be named beside it.
    private void Reach(string code, bool on)
    {
        Put(authorities, code, on);
        opened.Add(Authorities.Path(code)[0].Code);
        if (on)
            authorities.ExceptWith(Authorities.SelfAndDescendants(code).Where(below => below != code));
    }

    private Task Save() => Do(async actor =>
    {
        if (Row is { } row)
        {
            // What is there now fills the form again.
            if (Say((await Change.Handle(actor, row.Id, seen!, Entry with { Authorities = [.. authorities], Queues = [.. queues] })).Refusal, T["Saved"]))
                seen = null;
            return;
        }

        var first = StaffPasswords.Generate();
        var answer = await Create.Handle(actor, new(userName?.Trim() ?? "", displayName ?? "", roles, [.. authorities], [.. queues], first));
        if (Say(answer.Refusal, null))
            await OnCreated.InvokeAsync((answer.Value, first));
    });

    private Task RecordDocument() => Do(async actor =>
    {
        if (Say((await Document.Handle(actor, Row!.Id, documentKind, documentNumber)).Refusal, T["Document_Saved"]))
            documentNumber = null;
    });

    private Task Unlock() => Do(async actor => Say((await UnlockAccount.Handle(actor, Row!.Id)).Refusal, T["Unlocked"]));

    private Task Reopen() => Do(async actor => Say((await ReopenAccount.Handle(actor, Row!.Id)).Refusal, T["Reopened"]));

    private Task Confirm() => Do(async actor =>
    {
        var act = asked;
        asked = null;
        switch (act)
        {
            case Act.ClearDocument:
                Say((await NoDocument.Handle(actor, Row!.Id)).Refusal, T["Document_Cleared"]);
                break;
            case Act.CloseAccount:
                password = null;
                Say((await CloseAccount.Handle(actor, Row!.Id)).Refusal, T["Closed"]);
                break;
            default:
                var answer = await NewPassword.Handle(actor, Row!.Id);
                if (Say(answer.Refusal, null))
                    password = answer.Value;
                break;
        }
    });

    private async Task Copy()
    {
        try
        {
            await Script.InvokeVoidAsync("navigator.clipboard.writeText", password);
            Say(null, T["Copied"]);
        }
        catch (JSException)
        {
            // A browser gives the clipboard to safe origins alone, and only when it is allowed to.
            (refused, told) = (true, T["CopyFailed"]);
        }
    }

    // Also what was refused is looked at again: perhaps somebody else was first.
    private async Task Do(Func<Actor, Task> work)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            await work(await Who.Get());
            await OnChanged.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private bool Say(Refusal? refusal, string? done)
    {
        (refused, told) = (refusal is not null, refusal is null ? done : Words.Of(refusal));
        return !refused;
    }

    private async Task LoadChanges()
    {
        var answer = await Query.History(await Who.Get(), Row!.Id);
        changes = answer.Refusal is null ? answer.Value : [];
    }
}
