using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>What a member of staff is, in words, for the list and the panel alike.</summary>
internal static class UserLook
{
    public static string Tone(UserState state) => state switch
    {
        UserState.Open => "ok",
        UserState.MustChangePassword => "look",
        UserState.Locked => "bad",
        _ => "",
    };

    public static string State(IStringLocalizer<UserText> words, UserRow row) => words[$"State_{row.State}", row.LockedUntil is { } until ? Times.Short(until) : ""];

    public static string Roles(IStringLocalizer<UserText> words, IStringLocalizer<Text> shared, Roles roles) =>
        roles == Catalog.Roles.None ? words["None"] : string.Join(words["Comma"], Permissions.Single.Where(role => roles.HasFlag(role)).Select(role => shared[$"Role_{role}"].Value));

    public static string Queues(IStringLocalizer<UserText> words, Queues queues, IReadOnlyCollection<string> ids) =>
        ids.Count == 0 ? words["None"] : string.Join(words["Comma"], queues.All.Where(queue => ids.Contains(queue.Id)).Select(Names.Of));

    // Who cannot work, or claims nothing, is neither on duty nor off it.
    public static bool HasDuty(UserRow row) => row.State is (UserState.Open or UserState.Locked) && Permissions.Of(row.Entry.Roles).Contains(Permission.Review);
}
