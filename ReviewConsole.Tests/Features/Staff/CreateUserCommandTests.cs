using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Staff;

/// <summary>The verb that makes the first administrator, over a store of its own.</summary>
public sealed class CreateUserCommandTests : IAsyncLifetime
{
    private readonly TestStore store = new();

    [Fact]
    public async Task It_makes_a_person_with_everything_named_and_prints_a_password_that_opens_once()
    {
        var (code, output, error) = await Run("create-user", "--name", "li.lei", "--display-name", "李雷", "--role", "reviewer", "--role", "senior", "--authority", "粤A", "--queue", "e-licence", "second", "--generate-password");
        Assert.Equal((0, ""), (code, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("li.lei", lines[0]);
        await using var db = await store.Open();
        var user = await db.Users.SingleAsync();
        Assert.Equal("李雷", user.DisplayName);
        Assert.Equal(Roles.Reviewer | Roles.Senior, user.Roles);
        Assert.Equal(["粤A"], user.Authorities);
        Assert.Equal(["e-licence", "second"], user.Queues);
        Assert.True(user.MustChangePassword);
        await using var scope = store.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<StaffUser>>().CheckPasswordAsync(user, lines[1]));
        var row = await db.AuditEntries.SingleAsync(e => e.Stream == $"user:{user.Id}");
        Assert.Equal(("UserCreated", "system:create-user"), (row.Kind, row.Actor));
        Assert.DoesNotContain("li.lei", row.Payload, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--role chief", "没有角色 chief。可用：reviewer senior supervisor administrator auditor。")]
    [InlineData("--role reviewer --authority 火", "没有发证机关 火。可用：")]
    [InlineData("--role reviewer --queue e-license", "没有队列 e-license。可用：e-licence id-photo second e-licence-look id-photo-look。")]
    public async Task What_is_unknown_is_named_with_what_is_known(string arguments, string words)
    {
        var (code, _, error) = await Run(["create-user", "--name", "han", "--generate-password", .. arguments.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_whatever_its_case_and_has_a_form()
    {
        Assert.Equal(0, (await Run("create-user", "--name", "han", "--role", "auditor", "--generate-password")).Code);
        var (code, _, error) = await Run("create-user", "--name", "HAN", "--role", "auditor", "--generate-password");
        Assert.Equal(1, code);
        Assert.Contains("用户名 HAN 已被使用", error, StringComparison.Ordinal);
        Assert.Contains("用户名只能用", (await Run("create-user", "--name", "韩梅梅", "--role", "auditor", "--generate-password")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_required_and_the_password_is_no_argument()
    {
        Assert.NotEqual(0, (await Run("create-user", "--name", "han", "--generate-password")).Code);
        Assert.NotEqual(0, (await Run("create-user", "--name", "han", "--role", "auditor", "--password", "a long enough password")).Code);
        await using var db = await store.Open();
        Assert.False(await db.Users.AnyAsync());
    }

    public Task InitializeAsync()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        return store.InitializeAsync();
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        RootCommand root = new() { CreateUserCommand.Make((verb, cancel) => verb(store.Services, cancel)) };
        InvocationConfiguration console = new() { Output = new StringWriter(), Error = new StringWriter() };
        var code = await root.Parse(arguments).InvokeAsync(console);
        return (code, console.Output.ToString()!, console.Error.ToString()!);
    }
}
