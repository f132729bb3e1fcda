using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff.Users;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Staff;

/// <summary>Accounts of staff: sign-in, password, preferences, and the page of users.</summary>
public static class StaffServices
{
    /// <summary>Address that a POST signs out at.</summary>
    public const string SignOutPath = "/account/sign-out";

    /// <summary>Adds accounts and sign-in.</summary>
    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<StaffUser>(options =>
            {
                options.Password = new() { RequiredLength = StaffPasswords.Shortest, RequiredUniqueChars = 1, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
                options.Lockout = new() { MaxFailedAccessAttempts = StaffPasswords.MostTries, DefaultLockoutTimeSpan = StaffPasswords.LockedFor, AllowedForNewUsers = true };
            })
            .AddEntityFrameworkStores<ReviewDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<StaffClaims>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "review-console";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/denied";
            cookie.ReturnUrlParameter = "returnUrl";
            // The page says where to go: this would put the address into a header as it came.
            cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
        });
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddScoped<AuthenticationStateProvider, StaffRevalidation>();
        services.AddSingleton<RecordSignIn>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<ChangePreferences>();
        services.AddSingleton<ChangeKey>();
        services.AddSingleton<RestoreKeys>();
        services.AddSingleton<CreateUser>();
        services.AddSingleton<UsersQuery>();
        services.AddSingleton<IListExport, UsersExport>();
        services.AddSingleton<ChangeUser>();
        services.AddSingleton<RecordOwnDocument>();
        services.AddSingleton<ClearOwnDocument>();
        services.AddSingleton<ResetPassword>();
        services.AddSingleton<UnlockUser>();
        services.AddSingleton<CloseUser>();
        services.AddSingleton<ReopenUser>();
        services.AddSingleton(new NavEntry(NavGroup.Administer, "/users", typeof(UserText), "Nav", Permission.SeeStaff, 20));
        services.AddScoped<SignIn>();
        services.AddScoped<ChangePassword>();
        return services;
    }

    /// <summary>Keeps people with a first password at its page; between authentication and authorization.</summary>
    public static void UseFirstPassword(this IApplicationBuilder app) => app.Use(next => http => FirstPassword.Guard(http, next));

    /// <summary>Maps signing out.</summary>
    public static void MapStaff(this IEndpointRouteBuilder app)
    {
        app.MapPost(SignOutPath, async (HttpContext http) =>
        {
            if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
                return Results.BadRequest();
            if (Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person))
                await http.RequestServices.GetRequiredService<SignOut>().Handle(person);
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.LocalRedirect("/sign-in?out=true");
        }).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }
}
