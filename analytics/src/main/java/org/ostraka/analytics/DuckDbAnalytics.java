package org.ostraka.analytics;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.LongConsumer;
import org.ostraka.cli.analytics.Analytics;
import org.ostraka.cli.analytics.AnalyticsException;
import org.ostraka.model.Item;

/** Writes Parquet files and answers SQL by DuckDB. One thread. */
public final class DuckDbAnalytics implements Analytics {
  private static final int ITEMS_BETWEEN_REPORTS = 1000;

  /** Made by the service loader. */
  public DuckDbAnalytics() {}

  @Override
  public long write(Items items, Path directory, LongConsumer progress) {
    try (UnfinishedDirectory unfinished = UnfinishedDirectory.of(directory)) {
      Columns.Observer observer = new Columns.Observer();
      items.forEach(observer::add);
      long count = written(items, unfinished.path(), observer.columns(), progress);
      unfinished.finish();
      return count;
    } catch (FileAlreadyExistsException _) {
      throw new AnalyticsException(directory + " exists already");
    } catch (IOException | UncheckedIOException failed) {
      throw new AnalyticsException(
          directory + " cannot be written: " + failed.getMessage(), failed);
    } catch (SQLException failed) {
      throw new AnalyticsException(directory + " cannot be written: " + said(failed), failed);
    }
  }

  private static long written(Items items, Path directory, Columns columns, LongConsumer progress)
      throws IOException, SQLException {
    try (ParquetFiles files = new ParquetFiles(directory, columns)) {
      items.forEach(item -> add(files, item, progress));
      files.finish();
      return files.items();
    } catch (RefusedRowException refused) {
      throw refused.cause;
    }
  }

  private static void add(ParquetFiles files, Item item, LongConsumer progress) {
    try {
      files.add(item);
    } catch (SQLException refused) {
      throw new RefusedRowException(refused);
    }
    if (files.items() % ITEMS_BETWEEN_REPORTS == 0) {
      progress.accept(files.items());
    }
  }

  /** Carries an exception out of a walk through items. */
  private static final class RefusedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException cause;

    RefusedRowException(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  @Override
  public void query(String sql, Map<String, Path> tables, Form form, PrintWriter out) {
    try {
      Query.run(sql, tables, new Rows(form, out));
    } catch (SQLException failed) {
      throw new AnalyticsException(said(failed), failed);
    }
  }

  /** Returns the first lines of what DuckDB says, which point at the place in the statement. */
  private static String said(SQLException failed) {
    return String.valueOf(failed.getMessage()).strip();
  }
}
