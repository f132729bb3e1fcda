using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Catalog;

/// <summary>The vehicle classes (准驾车型) in force.</summary>
public static class VehicleClassCatalog
{
    /// <summary>The classes of <c>vehicle-classes.csv</c>.</summary>
    public static VehicleClasses Standard { get; } = new(FactsCsv.Read("vehicle-classes.csv", row => new VehicleClass(row.Required("code"), row.Required("name"))));
}
