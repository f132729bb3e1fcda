namespace ReviewConsole.Domain.Subjects;

/// <summary>What a stored picture shows, and so which checks it gets.</summary>
public enum PictureKind
{
    /// <summary>The portrait that is applied with (APP-2).</summary>
    Portrait,

    /// <summary>The photo the police already hold, for comparison (APP-1).</summary>
    PhotoOnFile,

    /// <summary>The side of the identity card with the portrait (人像面, REG-2).</summary>
    CardPortraitSide,

    /// <summary>The side of the identity card with the emblem (国徽面, REG-2).</summary>
    CardEmblemSide,

    /// <summary>The live-capture frame of the last failed face recognition (REG-2).</summary>
    LiveFrame,
}
