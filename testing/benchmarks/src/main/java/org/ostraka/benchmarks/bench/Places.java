package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ostraka.benchmarks.workload.ItemShape;

/** One running Ostraka for each shape and number of items. One thread. */
final class Places implements AutoCloseable {
  private final BenchOptions options;
  private final Servers servers;
  private final Map<Content, Place> places = new LinkedHashMap<>();

  /** The content of a server's tables. */
  private record Content(ItemShape shape, long keys) {}

  Places(BenchOptions options, Servers servers) {
    this.options = options;
    this.servers = servers;
  }

  /** Returns the server with this content; starts it at the first call. */
  Place of(ItemShape shape, long keys) throws IOException {
    Content content = new Content(shape, keys);
    Place place = places.get(content);
    if (place == null) {
      place = new Place(options, servers.ostraka(), shape, keys);
      places.put(content, place);
    }
    return place;
  }

  @Override
  public void close() throws IOException {
    for (Place place : places.values()) {
      place.target().close();
    }
  }
}
