package org.ostraka.storage.postgresql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Wanted;

/**
 * Rows of a range, read page by page; each page is of one moment. Holds no connection between
 * pages. One thread at a time.
 */
final class PagedCursor implements Cursor {
  private static final int FIRST_PAGE = 64;
  private static final int MAX_PAGE = 1_024;

  private final Connections lifetime;
  private final Reading reading;
  private final RowPages pages;
  private final Deque<Row> read = new ArrayDeque<>();
  private int pageRows;
  private @Nullable RowKey last;
  private boolean isAtEnd;
  private @Nullable StorageException failure;

  /**
   * Opens a cursor.
   *
   * @param lifetime the connections whose end is the cursor's end too
   */
  PagedCursor(Connections lifetime, Reading reading, RowPages pages, Wanted wanted) {
    this.lifetime = lifetime;
    this.reading = reading;
    this.pages = pages;
    this.pageRows = Math.min(wanted.rows(), FIRST_PAGE);
  }

  @Override
  public Optional<Row> next() {
    try (Connections.Use _ = lifetime.use()) {
      if (failure != null) {
        throw new StorageFailedException("the cursor has failed before", failure);
      }
      if (read.isEmpty() && !isAtEnd) {
        readPage();
      }
      return Optional.ofNullable(read.pollFirst());
    }
  }

  private void readPage() {
    try {
      RowPages.Page page = reading.read(connection -> pages.read(connection, last, pageRows));
      read.addAll(page.rows());
      isAtEnd = page.isLast();
      pageRows = Math.min(pageRows * 4, MAX_PAGE);
    } catch (StorageException failed) {
      failure = failed;
      throw failed;
    }
    if (!read.isEmpty()) {
      last = read.getLast().key();
    }
  }

  @Override
  public void close() {
    read.clear();
  }
}
