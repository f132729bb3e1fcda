using Microsoft.Extensions.Localization;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>What an API client is, in words, for the list and its export alike.</summary>
internal static class ClientLook
{
    public static string Tone(ClientState state) => state switch
    {
        ClientState.Active => "ok",
        ClientState.Rotating => "look",
        _ => "",
    };

    public static string State(IStringLocalizer<ClientText> words, ClientRow row) => words[$"State_{row.State}", row.PreviousKeyUntil is { } until ? Times.Short(until) : ""];

    public static string Permissions(IStringLocalizer<ClientText> words, ClientRow row) => string.Join(words["Comma"], row.Permissions.Select(permission => words[$"May_{permission}"].Value));
}
