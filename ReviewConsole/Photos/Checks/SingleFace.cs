using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Photos.Checks;

/// <summary>Exactly one human face (APP-2: one person).</summary>
internal sealed class SingleFace : PictureCheck
{
    public override string Id => "single-face";

    public override bool AppliesTo(PictureKind kind) => kind is PictureKind.Portrait or PictureKind.LiveFrame;

    public override CheckOutcome Judge(Evidence evidence) => Within(evidence.Faces.Count, null, 1, 1, 0, Reasons.NoFace, Reasons.ManyFaces);
}
