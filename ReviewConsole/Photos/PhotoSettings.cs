using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace ReviewConsole.Photos;

/// <summary>The limits that a portrait is held against. Defaults are APP-2 (GA 482) and its digital form; every one may be set.</summary>
public sealed record PhotoSettings : IValidatableObject
{
    /// <summary>What a sent file may cost.</summary>
    public PictureLimits Limits { get; init; } = new();

    /// <summary>Long side in pixels that a picture is measured at. Range 400 … 2000, default 1000.</summary>
    [Range(400, 2000)]
    public int WorkingLongSide { get; init; } = 1000;

    /// <summary>Height of the print in mm: the picture's height is taken for it. Range 10 … 100, default 32 (APP-2).</summary>
    [Range(10.0, 100.0)]
    public double PrintHeightMm { get; init; } = 32;

    /// <summary>Width of the print in mm. Range 10 … 100, default 22 (APP-2).</summary>
    [Range(10.0, 100.0)]
    public double PrintWidthMm { get; init; } = 22;

    /// <summary>Allowed deviation of width ÷ height in percent; beyond it nothing can be said in mm. Range 0.1 … 10, default 2.</summary>
    [Range(0.1, 10.0)]
    public double AspectTolerancePercent { get; init; } = 2;

    /// <summary>Shortest head, hair to chin, in mm. Range 5 … 50, default 19 (APP-2).</summary>
    [Range(5.0, 50.0)]
    public double MinHeadLengthMm { get; init; } = 19;

    /// <summary>Longest head in mm. Range 5 … 50, default 22 (APP-2).</summary>
    [Range(5.0, 50.0)]
    public double MaxHeadLengthMm { get; init; } = 22;

    /// <summary>Uncertainty of the head length in mm: the leave-one-person-out error. Range 0 … 2, default 0.3.</summary>
    [Range(0.0, 2.0)]
    public double HeadLengthUncertaintyMm { get; init; } = 0.3;

    /// <summary>Narrowest head, ears included, in mm. Range 5 … 50, default 14 (APP-2).</summary>
    [Range(5.0, 50.0)]
    public double MinHeadWidthMm { get; init; } = 14;

    /// <summary>Widest head in mm. Range 5 … 50, default 16 (APP-2).</summary>
    [Range(5.0, 50.0)]
    public double MaxHeadWidthMm { get; init; } = 16;

    /// <summary>Uncertainty of the head width in mm. Range 0 … 2, default 0.3.</summary>
    [Range(0.0, 2.0)]
    public double HeadWidthUncertaintyMm { get; init; } = 0.3;

    /// <summary>Smallest head length in pixels of the sent picture. Range 50 … 1000, default 200 (the digital form has 224-260).</summary>
    [Range(50, 1000)]
    public int MinHeadPixels { get; init; } = 200;

    /// <summary>Uncertainty of that length in pixels: 3 %, which is the 0.3 mm of the head length and as much again for scaling. Range 0 … 100, default 6.</summary>
    [Range(0.0, 100.0)]
    public double HeadPixelsUncertainty { get; init; } = 6;

    /// <summary>How much better a face detector may score on the turned picture before it is the wrong way up. Range 0.01 … 0.5, default 0.07: pictures that lie on
    /// a side or on their head gain 0.19 and more, upright ones lose.</summary>
    [Range(0.01, 0.5)]
    public double UprightGain { get; init; } = 0.07;

    /// <summary>Half width of the band below it in which a person looks. Range 0 … 0.5, default 0.02.</summary>
    [Range(0.0, 0.5)]
    public double UprightGainUncertainty { get; init; } = 0.02;

    /// <summary>Largest turn of the head to a side in degrees. Range 1 … 45, default 15.5.</summary>
    [Range(1.0, 45.0)]
    public double MaxYawDegrees { get; init; } = 15.5;

    /// <summary>Uncertainty of the turn in degrees. Range 0 … 20, default 2.5.</summary>
    [Range(0.0, 20.0)]
    public double YawUncertaintyDegrees { get; init; } = 2.5;

    /// <summary>Largest tilt of the head in degrees. Range 1 … 45, default 8.</summary>
    [Range(1.0, 45.0)]
    public double MaxRollDegrees { get; init; } = 8;

    /// <summary>Uncertainty of the tilt in degrees. Range 0 … 20, default 2.</summary>
    [Range(0.0, 20.0)]
    public double RollUncertaintyDegrees { get; init; } = 2;

    /// <summary>Largest distance of the head's middle from the picture's in mm. Range 0.2 … 10, default 2.</summary>
    [Range(0.2, 10.0)]
    public double MaxOffCentreMm { get; init; } = 2;

    /// <summary>Half width of the band around it that a person looks at, in mm. Range 0 … 5, default 1.</summary>
    [Range(0.0, 5.0)]
    public double OffCentreUncertaintyMm { get; init; } = 1;

    /// <summary>Smallest distance of the hair from the upper edge in mm: 10 px of the digital form. Range 0 … 10, default 0.85.</summary>
    [Range(0.0, 10.0)]
    public double MinTopMarginMm { get; init; } = 0.85;

    /// <summary>Largest distance of the hair from the upper edge in mm: 20 px of the digital form. Range 0 … 10, default 1.7.</summary>
    [Range(0.0, 10.0)]
    public double MaxTopMarginMm { get; init; } = 1.7;

    /// <summary>Mean lightness L* from which a background is white. Range 50 … 100, default 94.5.</summary>
    [Range(50.0, 100.0)]
    public double MinBackgroundL { get; init; } = 94.5;

    /// <summary>Mean lightness L* below which it is not. Range 50 … 100, default 90.</summary>
    [Range(50.0, 100.0)]
    public double FailBackgroundL { get; init; } = 90;

    /// <summary>5th percentile of L* from which no shadow counts. Range 30 … 100, default 88.</summary>
    [Range(30.0, 100.0)]
    public double MinBackgroundLowL { get; init; } = 88;

    /// <summary>5th percentile of L* below which a shadow or an object is certain. Range 30 … 100, default 80.</summary>
    [Range(30.0, 100.0)]
    public double FailBackgroundLowL { get; init; } = 80;

    /// <summary>Less background than this, in percent of the picture, says nothing. Range 0.1 … 50, default 2.</summary>
    [Range(0.1, 50.0)]
    public double MinBackgroundPercent { get; init; } = 2;

    /// <summary>Largest mean distance of the background from grey (CIE Lab). Range 1 … 50, default 8.</summary>
    [Range(1.0, 50.0)]
    public double MaxBackgroundChroma { get; init; } = 8;

    /// <summary>Largest standard deviation of the background's L*. Range 0.5 … 20, default 3.5.</summary>
    [Range(0.5, 20.0)]
    public double MaxBackgroundSpread { get; init; } = 3.5;

    /// <summary>A hundredth of the background this far (CIE Lab) from its mean is an object in it. Range 5 … 100, default 20.</summary>
    [Range(5.0, 100.0)]
    public double MaxBackgroundObject { get; init; } = 20;

    /// <summary>A picture of which more than this, in percent, is grey is not in colour, if the face is grey, too. Range 50 … 100, default 97.</summary>
    [Range(50.0, 100.0)]
    public double MaxGreyPercent { get; init; } = 97;

    /// <summary>Distance of the face from grey (CIE Lab) below which it is grey: living skin has 12 and more. Range 0 … 30, default 5.</summary>
    [Range(0.0, 30.0)]
    public double MinFaceChroma { get; init; } = 5;

    /// <summary>Spread of the hue over the picture below which it is toned: a sepia picture has up to 4, a person in front of white 11 and more. Range 0.5 … 45, default 7.5.</summary>
    [Range(0.5, 45.0)]
    public double MinHueSpreadDegrees { get; init; } = 7.5;

    /// <summary>Uncertainty of that spread in degrees. Range 0 … 20, default 2.</summary>
    [Range(0.0, 20.0)]
    public double HueSpreadUncertaintyDegrees { get; init; } = 2;

    /// <summary>Sharpness from which a face is sharp: variance of the second difference in the blurrier direction with the eyes 60 px apart. Range 1 … 1000, default 55.</summary>
    [Range(1.0, 1000.0)]
    public double MinSharpness { get; init; } = 55;

    /// <summary>Sharpness below which it is blurred. Range 1 … 1000, default 20.</summary>
    [Range(1.0, 1000.0)]
    public double FailSharpness { get; init; } = 20;

    /// <summary>Smallest mean luminance of the face, 0 … 255, default 65.</summary>
    [Range(0.0, 255.0)]
    public double MinFaceLight { get; init; } = 65;

    /// <summary>Largest mean luminance of the face, 0 … 255, default 228.</summary>
    [Range(0.0, 255.0)]
    public double MaxFaceLight { get; init; } = 228;

    /// <summary>Uncertainty of the face's luminance: skin is darker and lighter by nature. Range 0 … 50, default 8.</summary>
    [Range(0.0, 50.0)]
    public double FaceLightUncertainty { get; init; } = 8;

    /// <summary>Largest share of the face without any drawing left, in percent. Range 1 … 100, default 25.</summary>
    [Range(1.0, 100.0)]
    public double MaxBurntPercent { get; init; } = 25;

    /// <summary>Uncertainty of that share in percent: a shining brow is no burnt face. Range 0 … 50, default 10.</summary>
    [Range(0.0, 50.0)]
    public double BurntUncertaintyPercent { get; init; } = 10;

    /// <summary>Luminance of the darker half of the face over the lighter, below which a person looks at the light from one side. Range 0 … 1, default 0.6.</summary>
    [Range(0.0, 1.0)]
    public double MinSideLight { get; init; } = 0.6;

    /// <summary>IJG quality of the sent file below which artefacts are certain. Range 1 … 100, default 30.</summary>
    [Range(1.0, 100.0)]
    public double MinJpegQuality { get; init; } = 30;

    /// <summary>Uncertainty of that quality: encoders scale their tables differently. Range 0 … 50, default 15.</summary>
    [Range(0.0, 50.0)]
    public double JpegQualityUncertainty { get; init; } = 15;

    /// <summary>Smallest height ÷ width of an open eye. Range 0.05 … 0.5, default 0.19.</summary>
    [Range(0.05, 0.5)]
    public double MinEyeOpening { get; init; } = 0.19;

    /// <summary>Uncertainty of that ratio: narrow eyes are not closed. Range 0 … 0.2, default 0.03.</summary>
    [Range(0.0, 0.2)]
    public double EyeOpeningUncertainty { get; init; } = 0.03;

    /// <summary>Largest height ÷ width of the gap between the lips. Range 0.05 … 1, default 0.3.</summary>
    [Range(0.05, 1.0)]
    public double MaxMouthOpening { get; init; } = 0.3;

    /// <summary>Uncertainty of that ratio: a smile opens the lips a little. Range 0 … 0.5, default 0.1.</summary>
    [Range(0.0, 0.5)]
    public double MouthOpeningUncertainty { get; init; } = 0.1;

    /// <summary>Largest dark share around the eyes in percent; more is dark glasses. Range 10 … 100, default 60: a drawn or real dark lens fills 90 and more, hair and frames up to 45.</summary>
    [Range(10.0, 100.0)]
    public double MaxDarkLensPercent { get; init; } = 60;

    /// <summary>Uncertainty of that share in percent: brows, lashes and frames are dark, too. Range 0 … 50, default 10.</summary>
    [Range(0.0, 50.0)]
    public double DarkLensUncertaintyPercent { get; init; } = 10;

    /// <summary>Dark is below this share of the face's mean luminance, so that a dark picture is not taken for dark glasses. Range 0.1 … 1, default 0.35.</summary>
    [Range(0.1, 1.0)]
    public double DarkShare { get; init; } = 0.35;

    /// <summary>Every number among the settings by its name, in alphabetical order; what a sent file may cost changes no measure.</summary>
    internal SortedDictionary<string, double> Numbers =>
        new(Settable.ToDictionary(setting => setting.Name, setting => Convert.ToDouble(setting.GetValue(this), CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    /// <summary>The numbers that are not at their defaults.</summary>
    internal IReadOnlyDictionary<string, double> Changed
    {
        get
        {
            var defaults = new PhotoSettings().Numbers;
            return Numbers.Where(number => !number.Value.Equals(defaults[number.Key])).ToDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>The same for the same numbers: the first 12 digits of a SHA-256 over all of them.</summary>
    internal string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Numbers)))[..12];

    private static IEnumerable<PropertyInfo> Settable => typeof(PhotoSettings).GetProperties().Where(property => property.CanWrite && property.PropertyType != typeof(PictureLimits));

    /// <summary>
    /// Shortest long side of an ID card in pixels of the sent picture. Range 100 … 4000, default 430: the smallest print is about 2.4 mm high, and a Chinese character
    /// needs 12 px to be told from its like, so 85.6 mm need 428.
    /// </summary>
    [Range(100, 4000)]
    public int MinCardPixels { get; init; } = 430;

    /// <summary>
    /// Broadest edge of a card's print in mm. Range 0.2 … 1.5, default 0.85: strokes of a character of 2.4 mm with five strokes above each other lie 0.5 mm apart and run together
    /// when an edge is as broad as stroke and gap together, and drawn cards can be read up to there.
    /// </summary>
    [Range(0.2, 1.5)]
    public double MaxCardEdgeMm { get; init; } = 0.85;

    /// <summary>Half width of the band around it that a person looks at, in mm. Range 0 … 0.5, default 0.15: what the measure varies by over drawn cards of one blur.</summary>
    [Range(0.0, 0.5)]
    public double CardEdgeUncertaintyMm { get; init; } = 0.15;

    /// <summary>Largest burnt-out share of a card in percent. Range 0.1 … 50, default 2: 92 mm², a reflection of a centimetre across, which covers four characters.</summary>
    [Range(0.1, 50.0)]
    public double MaxCardGlarePercent { get; init; } = 2;

    /// <summary>Half width of the band around it that a person looks at, in percent. Range 0 … 20, default 1: a reflection of 1 % may lie beside the print, one of 3 % hardly.</summary>
    [Range(0.0, 20.0)]
    public double CardGlareUncertaintyPercent { get; init; } = 1;

    /// <summary>Allowed deviation of a card's width ÷ height from 85.6 : 54 in percent; beyond it a person looks. Range 1 … 40, default 9: a tilt of 24° foreshortens by as much.</summary>
    [Range(1.0, 40.0)]
    public double CardAspectTolerancePercent { get; init; } = 9;

    /// <summary>How far in mm a card's corner may lie beyond the picture. Range 0 … 10, default 1: corners are rounded by 3.18 mm (ISO/IEC 7810), which leaves 1.3 mm empty.</summary>
    [Range(0.0, 10.0)]
    public double CardCornerMm { get; init; } = 1;

    /// <summary>Uncertainty of a corner's place in mm. Range 0 … 5, default 0.5: twice the error on drawn cards.</summary>
    [Range(0.0, 5.0)]
    public double CardCornerUncertaintyMm { get; init; } = 0.5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinHeadLengthMm >= MaxHeadLengthMm)
        {
            yield return new ValidationResult("The shortest head is not shorter than the longest.", [nameof(MinHeadLengthMm), nameof(MaxHeadLengthMm)]);
        }

        if (MinHeadWidthMm >= MaxHeadWidthMm)
        {
            yield return new ValidationResult("The narrowest head is not narrower than the widest.", [nameof(MinHeadWidthMm), nameof(MaxHeadWidthMm)]);
        }

        if (MinTopMarginMm >= MaxTopMarginMm || FailBackgroundL >= MinBackgroundL || FailBackgroundLowL >= MinBackgroundLowL
            || FailSharpness >= MinSharpness || MinFaceLight >= MaxFaceLight)
        {
            yield return new ValidationResult(
                "A lower limit is not below its upper limit.", [nameof(MinTopMarginMm), nameof(FailBackgroundL), nameof(FailSharpness), nameof(MinFaceLight)]);
        }

        if (CardEdgeUncertaintyMm >= MaxCardEdgeMm || CardGlareUncertaintyPercent >= MaxCardGlarePercent)
        {
            yield return new ValidationResult(
                "A card's limit is not above its uncertainty.", [nameof(MaxCardEdgeMm), nameof(CardEdgeUncertaintyMm), nameof(MaxCardGlarePercent), nameof(CardGlareUncertaintyPercent)]);
        }

        var inner = new List<ValidationResult>();
        Validator.TryValidateObject(Limits, new ValidationContext(Limits), inner, validateAllProperties: true);
        foreach (var problem in inner)
        {
            yield return problem;
        }
    }
}
