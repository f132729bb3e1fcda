using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class PinyinTests
{
    [Theory]
    [InlineData("李雷", "ll")]
    [InlineData("韩梅梅", "hmm")]
    [InlineData("欧阳明月", "oymy")]
    [InlineData("曾国", "zg")]
    [InlineData("单雄信", "sxx")]
    [InlineData("艾尼瓦尔·买买提", "anwemmt")]
    [InlineData("审核员07", "shy07")]
    [InlineData("王Anna(wang.an)", "wannawangan")]
    [InlineData("", "")]
    public void The_first_letter_of_every_character_stands_for_it(string name, string initials) => Assert.Equal(initials, Pinyin.Initials(name));
}
