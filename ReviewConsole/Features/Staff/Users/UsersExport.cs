using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>The accounts of staff as their list is filtered: who is what, and where.</summary>
internal sealed class UsersExport(UsersQuery query, Queues queues, IStringLocalizer<UserText> words, IStringLocalizer<Text> shared) : IListExport
{
    /// <inheritdoc/>
    public string Name => "users";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        var filter = UserFilter.Of(filters["role"], filters["authority"], filters["state"]) with { Text = filters.Typed };
        return (await query.Page(actor, filter, cancel)).Then<ExportTable>(page => ExportTable.Of(
            [words["Column_Name"], words["Column_UserName"], words["Column_State"], words["Column_Roles"], words["Column_Authorities"], words["Column_Queues"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                row.Entry.DisplayName, row.UserName, UserLook.State(words, row), UserLook.Roles(words, shared, row.Entry.Roles), string.Join(' ', row.Entry.Authorities), UserLook.Queues(words, queues, row.Entry.Queues),
            }),
            some => some.Next is not null,
            some => query.Page(actor, filter with { After = some.Next }, cancel)));
    }
}
