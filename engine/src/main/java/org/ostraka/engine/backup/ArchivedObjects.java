package org.ostraka.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.Segment;

/** The objects of the archive that rows name, each of which is verified by itself. Any thread. */
public final class ArchivedObjects {
  private final BackupRows rows;
  private final Archive archive;

  public ArchivedObjects(Store store, Archive archive) {
    this.rows = new BackupRows(store);
    this.archive = archive;
  }

  /** An object. Immutable. */
  public static final class ArchivedObject {
    private final ArchivedSegment segment;

    private ArchivedObject(ArchivedSegment segment) {
      this.segment = segment;
    }

    public String name() {
      return segment.name();
    }

    public long sizeBytes() {
      return segment.sizeBytes();
    }
  }

  /** Returns all objects that rows name, those of one table after those of another. */
  public List<ArchivedObject> all() {
    List<ArchivedObject> found = new ArrayList<>();
    for (Chain chain : rows.chains()) {
      try (BackupRows.Segments segments = rows.segments(chain.id(), 0, Direction.FORWARD)) {
        Optional<ArchivedSegment> next = segments.next();
        while (next.isPresent()) {
          found.add(new ArchivedObject(next.get()));
          next = segments.next();
        }
      }
    }
    return found;
  }

  /**
   * Reads a whole object and compares its checksums and the number of its records.
   *
   * @return what is wrong with it; empty if nothing is, or if no row names it any more
   */
  public Optional<String> damage(ArchivedObject object) {
    try {
      Segment read = Segment.read(archive, object.name());
      return read.records().size() == object.segment.records()
          ? Optional.empty()
          : Optional.of("object " + object.name() + " of the archive has lost records");
    } catch (CorruptDataException damage) {
      return isNamed(object.segment)
          ? Optional.of(String.valueOf(damage.getMessage()))
          : Optional.empty();
    }
  }

  private boolean isNamed(ArchivedSegment segment) {
    try (BackupRows.Segments segments =
        rows.segments(segment.chain(), segment.number(), Direction.FORWARD)) {
      return segments.next().filter(segment::equals).isPresent();
    }
  }
}
