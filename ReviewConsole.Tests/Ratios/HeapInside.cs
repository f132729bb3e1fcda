using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Tests.Ratios;

[assembly: HostingStartup(typeof(HeapInside))]

namespace ReviewConsole.Tests.Ratios;

/// <summary>Lets a process tell how much of its managed heap is in use, where the setting <c>Bench:Heap</c> asks for it.</summary>
public sealed class HeapInside : IHostingStartup, IStartupFilter
{
    public const string Setting = "Bench:Heap";

    public const string Path = "/bench/heap";

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        if (context.Configuration[Setting] is not null)
            services.AddSingleton<IStartupFilter>(this);
    });

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map(Path, heap => heap.Run(http => http.Response.WriteAsync(InUse().ToString(CultureInfo.InvariantCulture))));
        next(app);
    };

    /// <summary>Bytes, after everything that nobody holds is gone.</summary>
    private static long InUse()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
