using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Photos.Checks;

/// <summary>The stored picture can be decoded: a picture that is measured at all passes; one that is not fails in <see cref="PhotoCheck"/>. Cards have <see cref="CardReadable"/>.</summary>
internal sealed class Readable : PictureCheck
{
    public override string Id => "readable";

    public override bool AppliesTo(PictureKind kind) => !CardCheck.IsCard(kind);

    public override CheckOutcome Judge(Evidence evidence) => new(Id, CheckResult.Pass, null, null, null, null, null, null);
}
