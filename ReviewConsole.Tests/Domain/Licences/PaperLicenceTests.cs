using ReviewConsole.Catalog;
using ReviewConsole.Domain.Licences;
using static ReviewConsole.Domain.Licences.LicenceSituation;

namespace ReviewConsole.Tests.Domain.Licences;

public sealed class PaperLicenceTests
{
    [Fact]
    public void The_paper_is_needed_where_it_is_taken_written_on_or_full_of_points()
    {
        LicenceSituation[] onPaper = [Impoundment, GeneralProcedure, SuspensionOrRevocation, PaperTakenOrAnnotated, AccidentEvidence];
        foreach (var situation in Enum.GetValues<LicenceSituation>())
        {
            Assert.Equal(onPaper.Contains(situation), PaperLicence.IsNeeded(situation, LicenceLetterCatalog.Standard.Read("AH")));
            Assert.True(PaperLicence.IsNeeded(situation, LicenceLetterCatalog.Standard.Read("HB")));
        }
    }
}
