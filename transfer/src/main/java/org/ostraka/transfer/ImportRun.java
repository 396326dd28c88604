package org.ostraka.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ScalarType;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.format.Compressions;
import org.ostraka.transfer.format.CsvItemReader;
import org.ostraka.transfer.format.ImportedRecord;
import org.ostraka.transfer.format.ItemReader;
import org.ostraka.transfer.ion.IonItemReader;
import org.ostraka.transfer.wire.JsonItemReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of one object and writes them in batches, some at the same time. One thread,
 * beside those that write.
 */
final class ImportRun {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

  /** The batches that are written or wait for it: all are in memory. */
  private static final int MAX_BATCHES = 8;

  private final ImportDescription description;
  private final String key;
  private final ImportedTable table;
  private final ExecutorService writers;
  private final BooleanSupplier stops;
  private final Consumer<ImportBatch> done;
  private final Deque<Future<ImportBatch>> pending = new ArrayDeque<>();

  /**
   * Makes a run.
   *
   * @param done accepts batches once they are durable, in the order of the object
   */
  ImportRun(
      ImportDescription description,
      String key,
      ImportedTable table,
      ExecutorService writers,
      BooleanSupplier stops,
      Consumer<ImportBatch> done) {
    this.description = description;
    this.key = key;
    this.table = table;
    this.writers = writers;
    this.stops = stops;
    this.done = done;
  }

  /**
   * Imports an object.
   *
   * @param skipped the records that were imported before
   * @return whether all of it is done; otherwise the server stops
   * @throws StorageFailedException when the bucket fails; the batches that are durable are counted
   */
  boolean run(InputStream file, long skipped) {
    try {
      return read(new StoredInput(file), skipped);
    } catch (StorageFailedException failure) {
      // What was written before it counts, if it was the bucket that failed.
      settleAll();
      throw failure;
    } finally {
      awaitAll();
    }
  }

  private boolean read(InputStream file, long skipped) {
    ImportBatch batch = batch(0);
    CountedInput counted = new CountedInput(InputStream.nullInputStream());
    long before = 0;
    try {
      counted = new CountedInput(Compressions.open(file, description.compression()));
      ItemReader reader = reader(counted);
      long index = 0;
      Optional<ImportedRecord> next = reader.next();
      while (next.isPresent() && !stops.getAsBoolean()) {
        index++;
        if (index > skipped) {
          add(batch, next.get());
        } else {
          batch = batch(index);
          before = counted.bytes();
        }
        boolean isEnd = next.get() instanceof ImportedRecord.Unreadable;
        if (batch.isFull() || isEnd) {
          submit(batch, counted.bytes() - before);
          before = counted.bytes();
          batch = batch(index);
        }
        next = isEnd ? Optional.empty() : reader.next();
      }
    } catch (IOException broken) {
      batch.refuse(List.of("The object cannot be read: " + broken.getMessage()));
    }
    if (stops.getAsBoolean()) {
      settleAll();
      return false;
    }
    submit(batch, counted.bytes() - before);
    settleAll();
    return true;
  }

  private ImportBatch batch(long start) {
    return new ImportBatch(description.source().bucket(), key, start);
  }

  private static void add(ImportBatch batch, ImportedRecord record) {
    switch (record) {
      case ImportedRecord.Good(var item, _) -> batch.add(item);
      case ImportedRecord.Bad(var problems) -> batch.refuse(problems);
      case ImportedRecord.Unreadable(var problem) -> batch.refuse(List.of(problem));
    }
  }

  private ItemReader reader(InputStream in) throws IOException {
    return switch (description.format()) {
      case DYNAMODB_JSON -> JsonItemReader.ofItems(in);
      case ION -> IonItemReader.ofItems(in);
      case CSV -> {
        Map<String, ScalarType> types = new HashMap<>();
        for (AttributeDefinition definition : description.table().definitions()) {
          types.put(definition.name(), definition.type());
        }
        yield new CsvItemReader(
            in,
            description
                .csv()
                .flatMap(ImportDescription.Csv::delimiter)
                .map(text -> text.charAt(0))
                .orElse(','),
            description.csv().map(ImportDescription.Csv::header).orElse(List.of()),
            types);
      }
    };
  }

  private void submit(ImportBatch batch, long readBytes) {
    batch.read(readBytes);
    if (pending.size() >= MAX_BATCHES) {
      settle(pending.removeFirst());
    }
    pending.addLast(writers.submit(() -> table.write(batch)));
  }

  private void settleAll() {
    while (!pending.isEmpty()) {
      settle(pending.removeFirst());
    }
  }

  /**
   * Waits for what is still being written after a failure, and counts none of it: the table may be
   * put to use, and a later attempt goes on after the last batch that counts.
   */
  private void awaitAll() {
    try {
      for (Future<ImportBatch> batch : pending) {
        awaitEnd(batch);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      pending.clear();
    }
  }

  private static void awaitEnd(Future<ImportBatch> batch) throws InterruptedException {
    try {
      var _ = batch.get();
    } catch (ExecutionException failure) {
      LOG.debug("a batch has failed after another one", failure);
    }
  }

  /** Counts a batch once it is durable; if it fails, no batch after it counts. */
  private void settle(Future<ImportBatch> batch) {
    boolean counts = false;
    try {
      done.accept(durable(batch));
      counts = true;
    } finally {
      if (!counts) {
        awaitAll();
      }
    }
  }

  private static ImportBatch durable(Future<ImportBatch> batch) {
    try {
      return batch.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StorageFailedException("the import was interrupted", interrupted);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StorageException storage) {
        throw storage;
      }
      throw new IllegalStateException("an import has failed", failure.getCause());
    }
  }
}
