using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Ui;

/// <summary>A line above every page that calls for something to be done.</summary>
/// <param name="Text">What is wrong, in the reader's language.</param>
/// <param name="Route">Where it is put right.</param>
/// <param name="Link">Words of the way there.</param>
public sealed record Banner(string Text, string Route, string Link);

/// <summary>A banner that stands on every page for as long as its cause does. The feature that knows the cause registers it.</summary>
public interface IBanner
{
    /// <summary>The banner for the actor now; null where there is no cause, or it is not the actor's concern.</summary>
    Task<Banner?> For(Actor actor);

    /// <summary>True where the banner may be another one after this.</summary>
    bool Follows(DomainEvent happened);
}
