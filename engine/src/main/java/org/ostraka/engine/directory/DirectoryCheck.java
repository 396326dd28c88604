package org.ostraka.engine.directory;

import java.util.function.Consumer;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;

/** Verifies the rows of the directory, without the key that opens its secrets. Stateless. */
public final class DirectoryCheck {
  private static final EntityItem.Secrets SEALED =
      new EntityItem.Secrets() {
        @Override
        public Bytes seal(AccessKeyEntry key) {
          throw new UnsupportedOperationException("a check writes nothing");
        }

        @Override
        public Secret open(String accessKeyId, Bytes sealed) {
          return new Secret(sealed.toString());
        }
      };

  private DirectoryCheck() {}

  /** Returns whether a row belongs to the directory. */
  public static boolean isOfDirectory(Row row) {
    return row.key().space().equals(DirectoryRows.SPACE);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    try {
      if (DirectoryRows.isOfAccount(row.key())) {
        DirectoryRows.changes(row);
      } else if (DirectoryRows.isOfAccessKey(row.key())) {
        DirectoryRows.owner(row);
      } else if (DirectoryRows.isOfUse(row.key())) {
        DirectoryRows.use(row);
      } else if (!row.key().equals(DirectoryRows.DATA_KEY)) {
        EntityItem.decode(row.value(), SEALED);
      }
    } catch (CorruptDataException damage) {
      problems.accept("a row of the directory is damaged: " + damage.getMessage());
    }
  }
}
