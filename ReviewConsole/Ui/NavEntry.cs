using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Ui;

/// <summary>Where a link stands in the navigation.</summary>
public enum NavGroup
{
    /// <summary>Review work, beside the queues.</summary>
    Work,

    /// <summary>What supervisors do.</summary>
    Supervise,

    /// <summary>What administrators and auditors do.</summary>
    Administer,
}

/// <summary>A link in the navigation. The feature that has the page registers it in its <c>Add…</c> method, as a singleton.</summary>
/// <param name="Group">Where it stands.</param>
/// <param name="Route">Address of the page, for instance <c>/calendar</c>.</param>
/// <param name="Words">Marker class of the feature's resources.</param>
/// <param name="Key">Key of the link's words in them.</param>
/// <param name="Needs">Who sees it.</param>
/// <param name="Order">Lower stands higher in the group.</param>
public sealed record NavEntry(NavGroup Group, string Route, Type Words, string Key, Permission Needs, int Order = 0);

/// <summary>A number beside a link of the navigation that calls for somebody. The feature that has the page registers it beside its <see cref="NavEntry"/>.</summary>
public interface INavAlarm
{
    /// <summary>The link's route.</summary>
    string Route { get; }

    /// <summary>How many things call for the actor; 0 for who can do nothing about them.</summary>
    Task<int> Count(Actor actor);

    /// <summary>True where the number may be another one after this.</summary>
    bool Follows(DomainEvent happened);
}
