using Microsoft.AspNetCore.Localization;
using ReviewConsole.Data;

namespace ReviewConsole.Features.Staff;

/// <summary>Carries a person's language, looks and density in cookies, so that pages have them before anything is read from the store.</summary>
public static class PreferenceCookies
{
    /// <summary>Name of the cookie of the looks.</summary>
    public const string Theme = "theme";

    /// <summary>Name of the cookie of the density.</summary>
    public const string Density = "density";

    /// <summary>Sets the cookies as the person chose.</summary>
    public static void Write(HttpContext http, StaffUser user)
    {
        CookieOptions options = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true, MaxAge = TimeSpan.FromDays(365) };
        http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new(user.Language)), options);
        http.Response.Cookies.Append(Theme, user.Theme, options);
        http.Response.Cookies.Append(Density, user.Density, options);
    }

    /// <summary>The looks that the request asks for.</summary>
    public static string ThemeOf(HttpContext http) => ChangePreferences.Known(ChangePreferences.Themes, http.Request.Cookies[Theme]);

    /// <summary>The density that the request asks for.</summary>
    public static string DensityOf(HttpContext http) => ChangePreferences.Known(ChangePreferences.Densities, http.Request.Cookies[Density]);
}
