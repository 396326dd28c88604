package org.ostraka.cli.analytics;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.ostraka.model.Item;

/**
 * Writes items as Parquet files, and answers SQL over them. The module {@code analytics} has it; it
 * is on the class path only of the commands that need it. One thread.
 */
public interface Analytics {

  /** Items that can be gone through several times. */
  @FunctionalInterface
  interface Items {
    /**
     * Gives all items, in the same order each time.
     *
     * @throws IOException when they cannot be read
     */
    void forEach(Consumer<Item> each) throws IOException;
  }

  /** How rows are shown. */
  enum Form {
    TABLE,
    CSV
  }

  /**
   * Writes items to files in a directory that it makes, and which is there only when all is
   * written.
   *
   * @param progress is told how many items are written
   * @return how many items there are
   * @throws AnalyticsException when they cannot be read or written
   */
  long write(Items items, Path directory, LongConsumer progress);

  /**
   * Shows the answer of a statement of SQL, which sees nothing but these tables.
   *
   * @param tables the directories of Parquet files, by the names of their tables
   * @throws AnalyticsException when the statement is refused or fails
   */
  void query(String sql, Map<String, Path> tables, Form form, PrintWriter out);

  /**
   * Returns the one on the class path.
   *
   * @throws AnalyticsException when there is none
   */
  static Analytics load() {
    return ServiceLoader.load(Analytics.class)
        .findFirst()
        .orElseThrow(() ->
            new AnalyticsException(
                "the library for Parquet and SQL is not on the class path; bin/ostraka puts it"
                    + " there, and elsewhere add the jars of analytics/target/lib"));
  }
}
