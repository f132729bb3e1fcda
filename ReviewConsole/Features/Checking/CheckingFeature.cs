using Microsoft.Extensions.DependencyInjection.Extensions;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Checking;

/// <summary>Measuring the pictures of a case before a person looks at it (WORK-5).</summary>
public static class CheckingFeature
{
    /// <summary>Adds the photo engine, its settings (section <c>Photos</c>) and the worker.</summary>
    public static IServiceCollection AddChecking(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection("Photos").Get<PhotoSettings>() ?? new());
        services.TryAddSingleton<PhotoCheck>();
        // The engine loads its models when the first picture is measured, not when the program starts.
        services.TryAddSingleton<MeasurePicture>(provider => (kind, jpeg, facts, cancel) => provider.GetRequiredService<PhotoCheck>().Measure(kind, jpeg, facts, cancel));
        return services.AddSingleton<IOutboxWorker, CheckPictures>();
    }
}
