package org.ostraka.cli.copy;

import java.util.List;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/** What the readers of all shards share. Any thread. */
record Following(
    SourceStream stream, StateFile file, ChangeWriter writer, Progress progress, Pause pause) {

  String iterator(String shard) {
    return stream.iterator(shard, file.state().shard(shard));
  }

  void apply(List<JsonValue> records) {
    progress.followed(writer.write(records));
  }

  void reached(String shard, ShardPosition position) {
    file.change(state -> state.reached(shard, position));
  }
}
