using ReviewConsole.Catalog;

namespace ReviewConsole.Tests.Catalog;

public sealed class AuthoritiesTests
{
    private static readonly Authorities authorities = Authorities.Standard;

    [Fact]
    public void A_province_holds_its_cities()
    {
        Assert.Equal(9, authorities.All.Length);
        Assert.Equal(["粤", "浙", "川"], authorities.Roots.Select(a => a.Code));
        Assert.Equal(["粤", "粤A", "粤B", "粤C"], authorities.SelfAndDescendants("粤"));
        Assert.Equal(["粤A"], authorities.SelfAndDescendants("粤A"));
        Assert.Equal(["浙", "浙A"], authorities.Path("浙A").Select(a => a.Code));
        Assert.Equal("成都市公安局交通警察支队", authorities.Find("川A")?.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("京A")]
    public void An_unknown_code_is_told_from_a_known_one(string? code)
    {
        Assert.Null(authorities.Find(code));
        Assert.Empty(authorities.SelfAndDescendants(code ?? ""));
        Assert.Empty(authorities.Path(code ?? ""));
    }

    [Theory]
    [InlineData("a,A,\na,B,")] // twice
    [InlineData("a,A,z")] // no such parent
    [InlineData("a,A,b\nb,B,a")] // a circle
    [InlineData("r,R,\na,A,a")]
    public void What_is_no_tree_is_an_error(string rows)
    {
        using var text = new StringReader($"code,name,parent\n{rows}\n");
        Assert.ThrowsAny<ArgumentException>(() => Authorities.Load(text));
    }

    [Fact]
    public void Trees_may_be_deeper()
    {
        using var text = new StringReader("code,name,parent\nd,D,c\na,A,\nb,B,a\nc,C,b\n");
        var deep = Authorities.Load(text);
        Assert.Equal(["a", "b", "c", "d"], deep.SelfAndDescendants("a"));
        Assert.Equal(["a", "b", "c", "d"], deep.Path("d").Select(a => a.Code));
    }
}
