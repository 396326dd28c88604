package org.ostraka.storage.volume;

import org.ostraka.model.Bytes;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Version;

/** A row without its key. Immutable. */
record VersionedValue(Version version, Bytes value) {
  Row at(RowKey key) {
    return new Row(key, value, version);
  }
}
