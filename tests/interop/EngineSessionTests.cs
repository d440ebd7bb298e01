using System;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Ratchet.Engine;
using Xunit;

namespace Ratchet.Interop.Tests;

[Collection(WithNativeLibrary.Name)]
public sealed class EngineSessionTests
{
    private readonly NativeLibraryFixture library;

    public EngineSessionTests(NativeLibraryFixture library) => this.library = library;

    [Fact]
    public void A_call_gives_back_the_engines_own_bytes()
    {
        using EngineSession engine = library.Open();
        byte[] result = engine.Call("ping", Json("""{ "payload" : { "b":1, "a":[true,null,"é\u0000"] } }"""));
        Assert.Equal("""{"payload":{"b":1,"a":[true,null,"é\u0000"]}}""", Encoding.UTF8.GetString(result));
    }

    [Fact]
    public void An_empty_request_stands_for_an_empty_object()
    {
        using EngineSession engine = library.Open();
        Assert.Equal("""{"payload":null}""", Encoding.UTF8.GetString(engine.Call("ping")));
    }

    [Theory]
    [InlineData("pingg", "{}", "operation.unknown", "not_found", "\"ping\"")]
    [InlineData("ping", "{", "request.invalid_json", "invalid_argument", "")]
    [InlineData("ping", "[]", "request.wrong_type", "invalid_argument", "object")]
    [InlineData("ping", """{"paylod":1}""", "request.unknown_key", "invalid_argument", "\"payload\"")]
    [InlineData("ping", """{"delay_ms":-1}""", "request.constraint", "invalid_argument", "-1")]
    public void An_error_carries_code_category_and_message(
        string operation, string request, string code, string category, string said)
    {
        using EngineSession engine = library.Open();
        var fault = Assert.Throws<RatchetException>(() => engine.Call(operation, Json(request)));
        Assert.Equal(code, fault.Code);
        Assert.Equal(category, fault.Category);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Options_that_the_engine_does_not_know_are_refused_at_open()
    {
        var fault = Assert.Throws<RatchetException>(() => library.Open("""{"thread":1}"""));
        Assert.Equal("request.unknown_key", fault.Code);
    }

    [Fact]
    public void Invalid_utf8_is_an_error_and_the_engine_goes_on()
    {
        using EngineSession engine = library.Open();
        byte[] request = Json("""{"payload":"x"}""");
        request[^3] = 0xFF;
        var fault = Assert.Throws<RatchetException>(() => engine.Call("ping", request));
        Assert.Equal("invalid_argument", fault.Category);
        Assert.Equal("""{"payload":null}""", Encoding.UTF8.GetString(engine.Call("ping")));
    }

    [Fact]
    public void A_request_of_64_MiB_comes_back_whole()
    {
        using EngineSession engine = library.Open();
        byte[] request = new byte[64 << 20];
        request.AsSpan().Fill((byte)'x');
        Json("""{"payload":" """.TrimEnd()).CopyTo(request, 0);
        Json("\"}").CopyTo(request, request.Length - 2);
        byte[] result = engine.Call("ping", request);
        Assert.True(request.AsSpan().SequenceEqual(result));
    }

    [Fact]
    public void One_byte_over_the_limit_is_refused()
    {
        using EngineSession engine = library.Open("""{"limits":{"input_bytes":20}}""");
        Assert.NotEmpty(engine.Call("ping", Json("""{"payload":"123456"}""")));
        var fault = Assert.Throws<RatchetException>(() => engine.Call("ping", Json("""{"payload":"1234567"}""")));
        Assert.Equal("limit.input_size", fault.Code);
    }

    [Fact]
    public void Two_engines_share_nothing()
    {
        using EngineSession strict = library.Open("""{"limits":{"input_bytes":4}}""");
        using EngineSession loose = library.Open();
        byte[] request = Json("""{"payload":1}""");
        Assert.Throws<RatchetException>(() => strict.Call("ping", request));
        Assert.Equal("""{"payload":1}""", Encoding.UTF8.GetString(loose.Call("ping", request)));
        strict.Dispose();
        Assert.Equal("""{"payload":1}""", Encoding.UTF8.GetString(loose.Call("ping", request)));
    }

    [Fact]
    public void A_session_that_was_disposed_refuses_calls()
    {
        EngineSession engine = library.Open();
        engine.Dispose();
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Call("ping"));
        Assert.Throws<ObjectDisposedException>(() => engine.Start("ping"));
    }

    [Fact]
    public async Task Disposing_a_session_ends_a_call_that_runs_in_it()
    {
        using EngineSession engine = library.Open();
        Task<Exception?> call = Task.Run<Exception?>(() =>
            Record.Exception(() => { engine.Call("ping", Json("""{"delay_ms":600000}""")); }));
        Job started = engine.Start("ping", Json("""{"events":1,"delay_ms":600000}"""));
        Assert.Equal(JobState.Events, started.Wait(TimeSpan.FromSeconds(30)));
        engine.Dispose();
        // Which of them depends on how far the call had come; that it ends does not.
        Exception? fault = await call.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(fault is ObjectDisposedException or RatchetException, $"{fault}");
        Assert.Equal(JobState.Events, started.Wait(TimeSpan.Zero));
        Assert.NotNull(started.TakeEvent());
        Assert.Equal("job.cancelled", Assert.Throws<RatchetException>(started.Result).Code);
        started.Dispose();
    }

    [Fact]
    public void Describe_lists_what_the_generated_types_know()
    {
        using EngineSession engine = library.Open();
        var description = new Results.Description(engine.CallForJson("describe"));
        Assert.Equal(NativeMethods.AbiVersion, (uint)description.AbiVersion);
        Assert.Equal(engine.LibraryVersion, description.Version);
        foreach (Results.OperationDescription operation in description.Operations)
        {
            using JsonDocument empty = JsonDocument.Parse("{}");
            Assert.IsNotType<Results.OperationResult>(Results.ResultFactory.Create(operation.Name, empty.RootElement));
        }

        foreach (Results.CategoryDescription category in description.Categories)
        {
            Assert.Equal(category.ExitCode, ExitCodes.Of(category.Name));
        }
    }

    private static byte[] Json(string text) => NativeLibraryFixture.Json(text);
}
