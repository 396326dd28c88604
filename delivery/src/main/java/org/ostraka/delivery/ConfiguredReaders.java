package org.ostraka.delivery;

import java.util.List;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.storage.Guard;

/**
 * The readers that the operator has configured. Immutable.
 *
 * @param prefix begins the names of these readers, and of no others
 */
public record ConfiguredReaders(String prefix, List<WantedReader> readers) implements Readers {
  public ConfiguredReaders {
    readers = List.copyOf(readers);
    if (!readers.stream().allMatch(reader -> reader.name().startsWith(prefix))) {
      throw new IllegalArgumentException("the readers have names that begin with " + prefix);
    }
  }

  @Override
  public List<WantedReader> wanted(List<Guard> guards) {
    return readers;
  }

  @Override
  public boolean isOne(LogReader reader) {
    return reader.name().startsWith(prefix);
  }
}
