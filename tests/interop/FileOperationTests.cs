using System;
using System.Collections.Specialized;
using System.Text;
using Ratchet.Engine;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>From what a caller says to the request that the engine takes.</summary>
public sealed class FileOperationTests
{
    private static readonly ProjectFolder Project = new("/p");

    [Fact]
    public void What_is_not_given_is_not_in_the_request()
    {
        OrderedDictionary request = Operation("delete").Request(Project);
        Assert.Equal(new[] { "operation", "path" }, request.Keys);
        Assert.Equal("a", request["path"]);
    }

    [Fact]
    public void Everything_given_is_in_the_request()
    {
        OrderedDictionary request = (Operation("move") with
        {
            Destination = "/p/b/c", ExpectedHash = "12", Mode = "0644", FollowLink = true, ContentPath = "/q",
        }).Request(Project);
        Assert.Equal("b/c", request["to"]);
        Assert.Equal("12", request["expected_sha256"]);
        Assert.Equal("0644", request["mode"]);
        Assert.Equal(true, request["follow_link"]);
        Assert.Equal("/q", request["content_path"]);
    }

    [Theory]
    [InlineData("create", true)]
    [InlineData("update", true)]
    [InlineData("write", true)]
    [InlineData("delete", false)]
    [InlineData("move", false)]
    public void An_empty_text_is_a_content_only_where_one_is_taken(string operation, bool isContent)
    {
        FileOperation row = Operation(operation) with { Content = "", ContentPath = "", Mode = "", ExpectedHash = "" };
        OrderedDictionary request = row.Request(Project);
        Assert.Equal(isContent, request.Contains("content"));
        Assert.False(request.Contains("content_path"));
        Assert.False(request.Contains("mode"));
        Assert.False(request.Contains("expected_sha256"));
    }

    [Fact]
    public void An_empty_cell_beside_another_content_is_none()
    {
        OrderedDictionary request = (Operation("create") with { Content = "", ContentPath = "/q" }).Request(Project);
        Assert.False(request.Contains("content"));
        Assert.Equal("/q", request["content_path"]);
    }

    [Fact]
    public void Two_contents_are_sent_for_the_engine_to_refuse_and_never_dropped()
    {
        OrderedDictionary request = (Operation("create") with { Content = "x", Bytes = [1] }).Request(Project);
        Assert.Equal("x", request["content"]);
        Assert.Equal("AQ==", request["content_base64"]);
        FileOperation encoded = Operation("create") with { Content = "x", Encoding = "unicode", Bytes = [1] };
        Assert.Equal("request.constraint", Assert.Throws<RatchetException>(() => encoded.Request(Project)).Code);
    }

    [Fact]
    public void Text_of_another_encoding_is_sent_as_its_bytes()
    {
        OrderedDictionary request = (Operation("create") with { Content = "é", Encoding = "latin1" }).Request(Project);
        Assert.Equal(Convert.ToBase64String([0xE9]), request["content_base64"]);
        Assert.False(request.Contains("content"));
    }

    [Theory]
    [InlineData("utf8", "C3A9")]
    [InlineData("utf8NoBOM", "C3A9")]
    [InlineData("UTF8BOM", "EFBBBFC3A9")]
    [InlineData("unicode", "FFFEE900")]
    [InlineData("bigendianunicode", "FEFF00E9")]
    [InlineData("utf32", "FFFE0000E9000000")]
    [InlineData("latin1", "E9")]
    public void Encodings_have_their_marks(string name, string bytes)
    {
        Assert.Equal(bytes, Convert.ToHexString(ContentEncoding.Bytes("é", name, "a")));
        Assert.Contains(name, ContentEncoding.Names, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ascii", "abé", "request.constraint", "U+00E9 at character 3")]
    [InlineData("latin1", "a\U0001F600", "request.constraint", "U+1F600 at character 2")]
    [InlineData("utf9", "a", "request.constraint", "utf8BOM")]
    public void A_text_that_an_encoding_cannot_hold_is_refused(string name, string text, string code, string said)
    {
        var fault = Assert.Throws<RatchetException>(() => ContentEncoding.Bytes(text, name, "a"));
        Assert.Equal(code, fault.Code);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("unicode")]
    [InlineData("utf32")]
    [InlineData("ascii")]
    public void Half_of_a_surrogate_pair_is_no_text_in_any_encoding(string name)
    {
        string half = "a" + (char)0xD800;
        var fault = Assert.Throws<RatchetException>(() => ContentEncoding.Bytes(half, name, "a"));
        Assert.Equal("text.invalid_utf8", fault.Code);
    }

    [Fact]
    public void Files_to_write_are_hashed_as_they_will_lie_on_disk()
    {
        var files = new FilesToWrite();
        files.Add("/p/empty", "", "utf8");
        files.Add("/p/abc", "abc", "ascii");
        var described = files.Describe(Project);
        // FIPS 180-4: the empty message, and "abc".
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", described[0].Sha256);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", described[1].Sha256);
        Assert.Equal(3, described[1].Bytes);
        Assert.Equal("abc", Encoding.ASCII.GetString(
            Convert.FromBase64String((string)files.Requests(Project)[1]["content_base64"]!)));
    }

    [Fact]
    public void One_path_cannot_get_two_contents()
    {
        var files = new FilesToWrite();
        files.Add("/p/a", "1", "utf8");
        Assert.Equal(
            "batch.duplicate_path",
            Assert.Throws<RatchetException>(() => files.Add("/p/a", "2", "utf8")).Code);
        Assert.Equal(1, files.Count);
    }

    private static FileOperation Operation(string name) => new() { Operation = name, Path = "/p/a" };
}
