package org.ostraka.storage.archive;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.ostraka.model.Bytes;

/** An archive in memory, for servers that keep nothing on disk. Any thread. */
public final class MemoryArchive implements Archive {
  private final NavigableMap<String, Bytes> objects = new ConcurrentSkipListMap<>();

  @Override
  public void put(String name, Bytes content) {
    ObjectName.require(name);
    objects.put(name, content);
  }

  @Override
  public ConditionalPut putIfAbsent(String name, Bytes content) {
    ObjectName.require(name);
    return objects.putIfAbsent(name, content) == null
        ? ConditionalPut.STORED
        : ConditionalPut.EXISTS;
  }

  @Override
  public Optional<Bytes> read(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  @Override
  public List<String> list(String prefix) {
    return objects.tailMap(prefix, true).keySet().stream()
        .takeWhile(name -> name.startsWith(prefix))
        .toList();
  }

  @Override
  public void delete(String name) {
    objects.remove(name);
  }
}
