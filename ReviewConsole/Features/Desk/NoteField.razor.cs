using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Desk;

/// <summary>The internal note of a decision, in which colleagues can be named.</summary>
public sealed partial class NoteField(ColleaguesQuery query, CurrentActor who)
{
    private const int Most = 6;
    private IReadOnlyList<Colleague>? colleagues;
    private string? typed;
    private int at;

    /// <summary>The case.</summary>
    [Parameter, EditorRequired]
    public CaseId Case { get; set; }

    /// <summary>The note.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    /// <summary>Called with every change.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    private List<Colleague> Offered => typed is null ? [] : [.. (colleagues ?? []).Where(one => one.IsMeant(typed)).Take(Most)];

    private Colleague? Marked => Offered.ElementAtOrDefault(at);

    private async Task Type(string? text)
    {
        await ValueChanged.InvokeAsync(text ?? "");
        (typed, at) = (Mentions.Typed(text ?? ""), 0);
        if (typed is not null && colleagues is null)
        {
            var answer = await query.Handle(await who.Get(), Case);
            colleagues = answer.Refusal is null ? answer.Value : [];
        }
    }

    private async Task Press(KeyboardEventArgs key)
    {
        if (typed is null || key.IsComposing || key.CtrlKey || key.AltKey || key.MetaKey)
            return;
        var count = Offered.Count;
        if (key.Key is "ArrowDown" or "ArrowUp" && count > 0)
            at = (at + (key.Key == "ArrowDown" ? 1 : count - 1)) % count;
        else if (key.Key is "Enter" or "Tab" && Marked is { } one)
            await Take(one);
        else if (key.Key == "Escape")
            Close();
    }

    private async Task Take(Colleague one)
    {
        Close();
        await ValueChanged.InvokeAsync(Mentions.With(Value, one));
    }

    private void Close() => typed = null;
}
