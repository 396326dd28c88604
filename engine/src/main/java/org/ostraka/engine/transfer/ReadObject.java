package org.ostraka.engine.transfer;

import java.util.Optional;
import org.ostraka.engine.encoding.Attributes;

/**
 * The object that a job was reading when it stored how far it has come. Immutable.
 *
 * @param version tells this content from any other under the same key
 */
public record ReadObject(String key, String version) {
  private static final String KEY = "objectKey";
  private static final String VERSION = "objectVersion";

  static void store(Optional<ReadObject> object, Attributes attributes) {
    object.ifPresent(read -> attributes.text(KEY, read.key()).text(VERSION, read.version()));
  }

  /** Returns the stored object; absent in jobs of older versions, too. */
  static Optional<ReadObject> stored(Attributes attributes) {
    return attributes.optionalText(KEY).map(key -> new ReadObject(key, attributes.text(VERSION)));
  }
}
