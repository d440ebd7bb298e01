using System.Text;
using Ratchet.Engine;
using Ratchet.Results;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>Findings as people read them.</summary>
public sealed class FindingTests
{
    [Fact]
    public void All_that_is_known_is_shown_with_the_caret_under_the_column() =>
        Assert.Equal(
            """
            a.py:3:5: error: wrong
                x = = 7
                    ^
                hint: right it
            """.ReplaceLineEndings("\n"),
            Of("""
                "path":"a.py","line":3,"column":5,"excerpt":"x = = 7","excerpt_caret":4,"hint":"right it"
                """).ToDisplay());

    [Theory]
    [InlineData("\"path\":\"a\"", "a: error: wrong")]
    [InlineData("\"path\":\"a\",\"line\":2", "a:2: error: wrong")]
    [InlineData("\"pointer\":\"/a/0\"", "/a/0: error: wrong")]
    [InlineData("\"source\":\"x\"", "error: wrong")]
    [InlineData("\"line\":2,\"path\":\"a\",\"excerpt\":\"fi\"", "a:2: error: wrong\n    fi")]
    [InlineData("\"path\":\"a\",\"excerpt\":\"fi\",\"excerpt_caret\":0", "a: error: wrong\n    fi\n    ^")]
    [InlineData("\"path\":\"a\",\"hint\":\"h\"", "a: error: wrong\n    hint: h")]
    public void What_is_not_known_is_left_out(string members, string shown) =>
        Assert.Equal(shown, Of(members).ToDisplay());

    [Fact]
    public void A_check_that_would_make_nothing_has_no_work()
    {
        IPlannedResult Planned(string plan) =>
            new StructureResult(JsonReading.Parse(Encoding.UTF8.GetBytes($"{{\"plan\":{plan}}}")));
        Assert.False(Planned("null").HasWork);
        Assert.False(Planned("[]").HasWork);
        Assert.True(Planned("""[{"operation":"make_folder","path":"a"}]""").HasWork);
    }

    private static Finding Of(string members) =>
        new(JsonReading.Parse(Encoding.UTF8.GetBytes(
            $"{{\"code\":\"c\",\"severity\":\"error\",\"message\":\"wrong\",{members}}}")));
}
