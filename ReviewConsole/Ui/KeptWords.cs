using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ReviewConsole.Ui;

/// <summary>The words of the resources, each looked up once a language: a page asks for hundreds every time it is drawn, and a lookup builds a key and an answer of its own.</summary>
public sealed class KeptWords(ResourceManagerStringLocalizerFactory resources) : IStringLocalizerFactory
{
    private readonly ConcurrentDictionary<Type, IStringLocalizer> byType = new();

    /// <inheritdoc/>
    public IStringLocalizer Create(Type resourceSource) => byType.GetOrAdd(resourceSource, type => new Keeping(resources.Create(type)));

    /// <inheritdoc/>
    public IStringLocalizer Create(string baseName, string location) => resources.Create(baseName, location);

    private sealed class Keeping(IStringLocalizer resource) : IStringLocalizer
    {
        private readonly ConcurrentDictionary<(string Language, string Name), LocalizedString> known = new();

        public LocalizedString this[string name] => Find(name);

        public LocalizedString this[string name, params object[] arguments]
        {
            get
            {
                var pattern = Find(name);
                return new(name, string.Format(CultureInfo.CurrentCulture, pattern.Value, arguments), pattern.ResourceNotFound, pattern.SearchedLocation);
            }
        }

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => resource.GetAllStrings(includeParentCultures);

        // What is missing is not kept: whatever asks for words that nobody wrote must not fill the memory.
        private LocalizedString Find(string name)
        {
            var key = (CultureInfo.CurrentUICulture.Name, name);
            if (known.TryGetValue(key, out var found))
                return found;
            found = resource[name];
            return found.ResourceNotFound ? found : known.GetOrAdd(key, found);
        }
    }
}
