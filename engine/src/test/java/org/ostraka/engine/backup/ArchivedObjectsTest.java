package org.ostraka.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.archive.MemoryArchive;

/** All objects of the archive are found in the order of their names, page by page. */
final class ArchivedObjectsTest {
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(-1, 1);

  private final TestEngine engine = new TestEngine();
  private final BackupRows rows = new BackupRows(engine.store());
  private final ArchivedObjects objects = new ArchivedObjects(engine.store(), new MemoryArchive());
  private final List<String> names = new ArrayList<>();

  @BeforeEach
  void write() {
    for (UUID chain : List.of(FIRST, SECOND)) {
      rows.write(
          List.of(),
          BackupRows.put(
              Chain.begin(
                  chain, TestEngine.arn("votes"), chain, true, Instant.EPOCH, new Space(5))));
      for (long number = 0; number < ArchivedObjects.PAGE + 5; number++) {
        names.add(ObjectNames.name(chain, number, new UUID(number * 7919, chain.hashCode())));
        rows.write(
            List.of(),
            BackupRows.put(
                new ArchivedSegment(
                    chain,
                    number,
                    names.getLast(),
                    OptionalInt.empty(),
                    1,
                    100,
                    Stamp.ZERO,
                    Stamp.ZERO)));
      }
    }
    names.sort(null);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void pagesHaveEveryObjectOnce() {
    List<String> found = new ArrayList<>();
    List<ArchivedObjects.ArchivedObject> page = objects.after("");
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(ArchivedObjects.PAGE);
      page.forEach(object -> found.add(object.name()));
      page = objects.after(found.getLast());
    }
    assertThat(found).isEqualTo(names);
  }

  @Test
  void onlyWhatARowNamesIsNamed() {
    assertThat(objects.isNamed(names.get(3))).isTrue();
    assertThat(objects.isNamed(names.get(3) + "x")).isFalse();
    assertThat(objects.isNamed("chains/nonsense")).isFalse();
    assertThat(objects.isNamed(ObjectNames.name(new UUID(2, 2), 0, FIRST))).isFalse();
  }
}
