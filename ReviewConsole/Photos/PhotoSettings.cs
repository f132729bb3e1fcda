using System.ComponentModel.DataAnnotations;

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

    /// <summary>How much better a face detector may score on the turned picture before it is the wrong way up. Range 0.01 … 0.5, default 0.04.</summary>
    [Range(0.01, 0.5)]
    public double UprightGain { get; init; } = 0.04;

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

        var inner = new List<ValidationResult>();
        Validator.TryValidateObject(Limits, new ValidationContext(Limits), inner, validateAllProperties: true);
        foreach (var problem in inner)
        {
            yield return problem;
        }
    }
}
