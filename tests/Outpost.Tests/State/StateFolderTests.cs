using Microsoft.Extensions.Logging.Testing;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Tests.State;

/// <summary>A disk that does not take what is written. What stands in a file's way here is a folder of its next version's name.</summary>
public sealed class StateFolderTests : IDisposable
{
    private static readonly byte[] Rules = [1];
    private static readonly byte[] NewRules = [2];

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-state-").FullName;
    private readonly FakeLogger _log = new();
    private readonly StateFolder _state;

    public StateFolderTests() => _state = StateFolder.Open(_folder, new string('t', 40), _log);

    public void Dispose()
    {
        _state.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Rules_that_cannot_be_replaced_are_not_kept()
    {
        _state.WriteRaw(StateFiles.Snapshot, Rules);
        Block(StateFiles.Snapshot);

        _state.WriteRaw(StateFiles.Snapshot, NewRules);

        Assert.Null(_state.ReadRaw(StateFiles.Snapshot));
    }

    [Fact]
    public void What_could_not_be_written_is_told_once_and_written_with_the_next_file_that_can_be()
    {
        Block(StateFiles.Snapshot);
        _state.WriteRaw(StateFiles.Snapshot, Rules);
        _state.WriteRaw(StateFiles.Snapshot, NewRules);
        WriteContact();
        Assert.Null(_state.ReadRaw(StateFiles.Snapshot));
        Assert.Single(_log.Collector.GetSnapshot());

        Unblock(StateFiles.Snapshot);
        WriteContact();

        Assert.Equal(NewRules, _state.ReadRaw(StateFiles.Snapshot));
    }

    [Fact]
    public void After_a_goodbye_nothing_that_is_late_is_written()
    {
        Block(StateFiles.Snapshot);
        _state.WriteRaw(StateFiles.Snapshot, Rules);

        _state.DeleteAll();
        Unblock(StateFiles.Snapshot);
        WriteContact();

        Assert.Null(_state.ReadRaw(StateFiles.Snapshot));
    }

    private void WriteContact() => _state.Write(StateFiles.Contact, new ContactRecord(1, 1, "e", 1), StateJson.Default.ContactRecord);

    private void Block(string name) => Directory.CreateDirectory(Path.Combine(_folder, name + ".next", "in the way"));

    private void Unblock(string name) => Directory.Delete(Path.Combine(_folder, name + ".next"), recursive: true);
}
