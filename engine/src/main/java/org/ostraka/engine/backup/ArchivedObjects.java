package org.ostraka.engine.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.Segment;

/** The objects of the archive that rows name, each of which is verified by itself. Any thread. */
public final class ArchivedObjects {
  /** The maximum number of objects that are returned at once. */
  public static final int PAGE = 1_000;

  /** Comes after every digit, which a number begins with. */
  private static final String AFTER_DIGITS = ":";

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

  /**
   * Returns the next objects that rows name, in the order of their names.
   *
   * @param name the name of the last object before them; empty to begin
   * @return at most {@link #PAGE}; none at the end
   */
  public List<ArchivedObject> after(String name) {
    List<ArchivedObject> found = new ArrayList<>();
    List<UUID> chains =
        rows.chains().stream().map(Chain::id).sorted(Comparator.comparing(UUID::toString)).toList();
    for (UUID chain : chains) {
      String end = ObjectNames.ofChain(chain) + AFTER_DIGITS;
      if (end.compareTo(name) > 0) {
        add(chain, name, found);
      }
    }
    return found;
  }

  /** Adds the objects of a chain that come after a name, as far as the page has room. */
  private void add(UUID chain, String name, List<ArchivedObject> found) {
    long from = ObjectNames.number(chain, name).orElse(0);
    try (BackupRows.Segments segments = rows.segments(chain, from, Direction.FORWARD)) {
      Optional<ArchivedSegment> next = segments.next();
      while (next.isPresent() && found.size() < PAGE) {
        if (next.get().name().compareTo(name) > 0) {
          found.add(new ArchivedObject(next.get()));
        }
        next = segments.next();
      }
    }
  }

  /** Returns whether a row names an object. */
  public boolean isNamed(String name) {
    for (Chain chain : rows.chains()) {
      OptionalLong number = ObjectNames.number(chain.id(), name);
      if (number.isPresent()) {
        try (BackupRows.Segments segments =
            rows.segments(chain.id(), number.getAsLong(), Direction.FORWARD)) {
          return segments.next().filter(segment -> segment.name().equals(name)).isPresent();
        }
      }
    }
    return false;
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
