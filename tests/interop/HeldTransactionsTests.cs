using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ratchet.Engine;
using Ratchet.Results;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>A transaction ends with its handle, with its owner, and with its process.</summary>
[Collection(WithNativeLibrary.Name)]
public sealed class HeldTransactionsTests : IDisposable
{
    private readonly NativeLibraryFixture library;
    private readonly HeldTransactions held = new();
    private readonly Guid owner = Guid.NewGuid();
    private readonly DirectoryInfo project = Directory.CreateTempSubdirectory("ratchet-interop-");

    public HeldTransactionsTests(NativeLibraryFixture library) => this.library = library;

    public void Dispose()
    {
        held.EndAllOf(null);
        project.Delete(recursive: true);
    }

    [Fact]
    public void A_handle_that_is_disposed_leaves_nothing()
    {
        FileTransaction transaction = Begin("t", owner);
        Assert.Equal("open", transaction.State);
        Assert.NotNull(transaction.Session);
        Assert.True(IsOnDisk("t"));
        transaction.Dispose();
        transaction.Dispose();
        Assert.Equal("ended", transaction.State);
        Assert.Equal("ended", transaction["state"]);
        Assert.Null(transaction.Session);
        Assert.Null(held.Find("t", project.FullName));
        AssertNothingIsLeft();
    }

    [Fact]
    public void A_handle_that_is_dropped_leaves_nothing()
    {
        BeginAndDrop();
        var limit = DateTime.UtcNow.AddSeconds(30);
        while (IsOnDisk("dropped") && DateTime.UtcNow < limit)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        AssertNothingIsLeft();
    }

    [Fact]
    public void An_owner_ends_its_own_and_no_others()
    {
        FileTransaction mine = Begin("mine", owner);
        FileTransaction other = Begin("other", Guid.NewGuid());
        held.EndAllOf(owner);
        Assert.Equal("ended", mine.State);
        Assert.False(IsOnDisk("mine"));
        Assert.Equal("open", other.State);
        Assert.True(IsOnDisk("other"));
        held.EndAllOf(null);
        Assert.Equal("ended", other.State);
        AssertNothingIsLeft();
    }

    [Fact]
    public void A_handle_is_found_by_its_id_in_its_own_root_alone()
    {
        FileTransaction transaction = Begin("t", owner);
        Assert.Same(transaction, held.Find("t", project.FullName));
        Assert.Null(held.Find("t", "/another/project"));
        Assert.Null(held.Find("u", project.FullName));
    }

    [UnixFact("wine makes no links")]
    public void A_handle_is_found_by_the_name_that_it_was_begun_under_and_by_the_real_one()
    {
        string link = project.FullName + "-link";
        File.CreateSymbolicLink(link, project.FullName);
        FileTransaction transaction = Begin("t", owner, link);
        File.Delete(link);
        Assert.Same(transaction, held.Find("t", link));
        Assert.Same(transaction, held.Find("t", project.FullName));
    }

    [Fact]
    public void Of_two_with_one_id_that_of_the_root_is_found()
    {
        DirectoryInfo twin = Directory.CreateTempSubdirectory("ratchet-interop-");
        FileTransaction first = Begin("t", owner);
        FileTransaction second = Begin("t", owner, twin.FullName);
        Assert.Same(first, held.Find("t", project.FullName));
        Assert.Same(second, held.Find("t", twin.FullName));
        second.Dispose();
        twin.Delete(recursive: true);
    }

    [Fact]
    public void A_named_one_holds_nothing_and_may_be_dropped_and_disposed()
    {
        FileTransaction transaction = Begin("t", owner);
        FileTransaction named = FileTransaction.Named("t", project.FullName);
        Assert.Equal("t", named.Id);
        Assert.Equal(project.FullName, named.ProjectRoot);
        Assert.Null(named.Session);
        named.Dispose();
        Assert.Equal("open", named.State);
        Assert.Equal("open", transaction.State);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginAndDrop()
    {
        Begin("dropped", owner);
        Assert.True(IsOnDisk("dropped"));
    }

    private void AssertNothingIsLeft()
    {
        // wine takes a folder's name away with its last handle, and may find names still in it then: it stays,
        // with nothing but the file that keeps git out.
        string left = Path.Combine(project.FullName, ".ratchet");
        if (NativeLibraryFixture.IsWine && Directory.Exists(left))
        {
            Assert.All(
                Directory.GetFiles(left, "*", SearchOption.AllDirectories),
                file => Assert.Equal(Path.Combine(left, ".gitignore"), file));
            return;
        }

        Assert.Empty(project.GetFileSystemInfos());
    }

    private bool IsOnDisk(string id) => Directory.Exists(Path.Combine(project.FullName, ".ratchet", "tx", id));

    private FileTransaction Begin(string id, Guid ownedBy, string? root = null)
    {
        root ??= project.FullName;
        EngineSession engine = library.Open();
        byte[] request = JsonSerializer.SerializeToUtf8Bytes(new { project_root = root, id });
        var info = new TransactionInfo(engine.CallForJson("transaction.begin", request));
        return held.Hold(engine, info, root, ownedBy);
    }
}
