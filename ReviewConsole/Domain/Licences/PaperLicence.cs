namespace ReviewConsole.Domain.Licences;

/// <summary>What a licence is being shown for (SHOW-1).</summary>
public enum LicenceSituation
{
    /// <summary>A check on the road (路面查验).</summary>
    RoadsideCheck,

    /// <summary>A violation on the road for which the licence is to be impounded (扣留).</summary>
    Impoundment,

    /// <summary>A violation seen by camera, settled by summary procedure (非现场违法处理).</summary>
    Violation,

    /// <summary>A violation under general procedure (一般程序).</summary>
    GeneralProcedure,

    /// <summary>A violation for which the licence is suspended or revoked (暂扣、吊销).</summary>
    SuspensionOrRevocation,

    /// <summary>Licence business (驾驶证业务).</summary>
    LicenceBusiness,

    /// <summary>Licence business that takes back or annotates the paper licence (收回或者签注).</summary>
    PaperTakenOrAnnotated,

    /// <summary>An accident (事故处理).</summary>
    Accident,

    /// <summary>An accident as whose evidence the licence is held (因搜集证据扣押).</summary>
    AccidentEvidence,

    /// <summary>Renting a car (汽车租赁).</summary>
    Rental,

    /// <summary>Insurance (保险办理).</summary>
    Insurance,

    /// <summary>Proof that one may drive (驾驶资质证明).</summary>
    Qualification,
}

/// <summary>Where the paper licence is needed beside the e-licence (SHOW-1).</summary>
public static class PaperLicence
{
    /// <summary>Whether it is needed.</summary>
    /// <param name="situation">What the licence is shown for.</param>
    /// <param name="status">The licence's status: one with 12 points is handled on paper, whatever the situation.</param>
    public static bool IsNeeded(LicenceSituation situation, LicenceStatus status) =>
        status.HasTwelvePoints || situation is LicenceSituation.Impoundment or LicenceSituation.GeneralProcedure
            or LicenceSituation.SuspensionOrRevocation or LicenceSituation.PaperTakenOrAnnotated or LicenceSituation.AccidentEvidence;
}
