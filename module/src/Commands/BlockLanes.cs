using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Threading;
using Ratchet.Engine;

namespace Ratchet.Commands;

/// <summary>
/// Runs the script blocks of one run. There are as many lanes as blocks run at once, which the engine's
/// scheduler decides; each is opened when it is first needed.
/// </summary>
internal sealed class BlockLanes : IHostWorker, IDisposable
{
    /// <summary>How long an idle runspace may take to close.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, ScriptWork> blocks;
    private readonly Lazy<InitialSessionState> state;
    private readonly BlockStreams streams;
    private readonly ConcurrentStack<BlockLane> free = new();
    private readonly ConcurrentDictionary<string, BlockResult> results = new(StringComparer.Ordinal);

    /// <param name="blocks">By the names of their actions.</param>
    /// <param name="state">What a runspace begins with; asked for when the first is needed.</param>
    /// <param name="streams">Get what the blocks write.</param>
    internal BlockLanes(Dictionary<string, ScriptWork> blocks, Func<InitialSessionState> state, BlockStreams streams)
    {
        this.blocks = blocks;
        this.state = new Lazy<InitialSessionState>(state, LazyThreadSafetyMode.None);
        this.streams = streams;
    }

    /// <inheritdoc/>
    public IHostAttempt Begin(string name, Action<HostAnswer> report)
    {
        ScriptWork work = blocks[name];
        results.TryRemove(name, out _);
        if (!free.TryPop(out BlockLane? lane))
        {
            lane = new BlockLane(state.Value, streams);
        }

        var attempt = new BlockAttempt(name, work, (ended, result, answer) =>
        {
            if (!ended.IsAbandoned)
            {
                results[name] = result;
                // First: the engine may have the next block begun before this call returns.
                free.Push(lane);
            }

            report(answer);
        });
        lane.Run(attempt, work.Location);
        return attempt;
    }

    /// <summary>What the last attempt at an action gave; null where there was none, or it was left behind.</summary>
    internal BlockResult? ResultOf(string name) => results.GetValueOrDefault(name);

    /// <summary>Closes the runspaces; of a run that is over, none is in use.</summary>
    public void Dispose()
    {
        BlockLane[] lanes = free.ToArray();
        foreach (BlockLane lane in lanes)
        {
            lane.End();
        }

        foreach (BlockLane lane in lanes)
        {
            lane.Join(CloseLimit);
        }
    }
}
