using System.Collections;
using System.Text;
using Ratchet.Engine;
using Ratchet.Results;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>Results read the engine's JSON and keep it.</summary>
public sealed class ResultObjectTests
{
    private const string Run = """
        {"run_id":"01X","pattern_id":"PAT","pattern_version":"1.0.0","status":"refused","started_at":"a","ended_at":"b",
        "duration_ms":5,"dry_run":false,"steps":[{"id":"s1","name":"S","status":"failed","duration_ms":1,"message":"m",
        "findings":[{"code":"c","severity":"error","message":"wrong","path":"a.py","line":3,"column":9,"source":"x"}]}],
        "outputs":{"z":1,"a":[2.5,"t",null,{"k":true}]},"changes":{"created":["f"],"modified":[],"deleted":[]},
        "errors":[{"code":"transaction.exists","category":"conflict","message":"e"},
        {"code":"io.error","category":"io","message":"f"}], "later": {"new_key": 1}}
        """;

    private readonly RunResult result = new(JsonReading.Parse(Encoding.UTF8.GetBytes(Run)));

    [Fact]
    public void The_json_is_the_engines_own_bytes_for_a_part_too()
    {
        Assert.Equal(Run, result.ToJson());
        Assert.Equal("""{"created":["f"],"modified":[],"deleted":[]}""", result.Changes.ToJson());
    }

    [Fact]
    public void Properties_are_typed_and_what_is_absent_is_null()
    {
        Assert.Equal("refused", result.Status);
        Assert.Equal(5, result.DurationMs);
        Assert.Equal(9, result.Steps[0].Findings[0].Column);
        Assert.Null(result.Plan);
        Assert.Null(result.Record);
        Assert.Null(result.Steps[0].Findings[0].Hint);
    }

    [Fact]
    public void The_indexer_takes_the_names_of_json_also_those_this_module_does_not_know()
    {
        Assert.Equal("01X", result["run_id"]);
        Assert.Same(result.Steps, result["steps"]);
        Assert.Equal(1L, ((IDictionary)result["later"]!)["new_key"]);
        Assert.Null(result["RunId"]);
    }

    [Fact]
    public void An_open_object_keeps_its_order_and_cannot_be_changed()
    {
        Assert.Equal(new[] { "z", "a" }, result.Outputs.Keys);
        var list = Assert.IsType<object?[]>(result.Outputs["a"]);
        Assert.Equal(2.5, list[0]);
        Assert.Equal("t", list[1]);
        Assert.Null(list[2]);
        Assert.Equal(true, ((IDictionary)list[3]!)["k"]);
        Assert.True(result.Outputs.IsReadOnly);
    }

    [Fact]
    public void The_exit_code_is_that_of_the_first_errors_category()
    {
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_finding_reads_as_compilers_write_it()
    {
        Assert.Equal("a.py:3:9: wrong", result.Steps[0].Findings[0].ToString());
    }
}
