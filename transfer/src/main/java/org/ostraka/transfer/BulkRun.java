package org.ostraka.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Item;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.operation.WriteCondition;
import org.ostraka.transfer.format.Compressions;
import org.ostraka.transfer.format.ImportedRecord;
import org.ostraka.transfer.format.ItemReader;
import org.ostraka.transfer.ion.IonItemReader;
import org.ostraka.transfer.wire.JsonItemReader;

/** Reads the records of one object for a bulk operation, some at a time. One thread. */
final class BulkRun {
  /** The most records that are read before they are settled. */
  private static final int MAX_RECORDS = 100;

  /** The bytes of items after which no further record is read. */
  private static final long MAX_BYTES = 1 << 20;

  private final BulkOperation.Input input;
  private final Expressions expressions;
  private final CountedInput counted;
  private Optional<ItemReader> reader = Optional.empty();
  private boolean isOpen;
  private boolean isEnded;

  BulkRun(BulkOperation.Input input, Expressions expressions, InputStream file) {
    this.input = input;
    this.expressions = expressions;
    this.counted = new CountedInput(new StoredInput(file));
  }

  /** Returns the bytes of the object that were read so far. */
  long readBytes() {
    return counted.bytes();
  }

  /** Passes over records that are settled, unless the server stops. */
  void skip(long records, BooleanSupplier stops) {
    for (long i = 0; i < records && !isEnded && !stops.getAsBoolean(); i++) {
      var _ = next();
    }
  }

  /** Returns the next records; none at the end. */
  List<BulkPart.Read> some() {
    List<BulkPart.Read> read = new ArrayList<>();
    long bytes = 0;
    while (!isEnded && read.size() < MAX_RECORDS && bytes < MAX_BYTES) {
      Optional<BulkPart.Read> next = next();
      next.ifPresent(read::add);
      if (next.isPresent() && next.get() instanceof BulkPart.Read.Ready(var item, _)) {
        bytes += item.sizeBytes();
      }
    }
    return read;
  }

  private Optional<BulkPart.Read> next() {
    try {
      if (!isOpen) {
        isOpen = true;
        reader = Optional.of(open());
      }
      Optional<ImportedRecord> record = reader.isPresent() ? reader.get().next() : Optional.empty();
      isEnded = record.isEmpty();
      return record.map(this::read);
    } catch (IOException broken) {
      isEnded = true;
      return Optional.of(broken("The object cannot be read: " + broken.getMessage()));
    }
  }

  private ItemReader open() throws IOException {
    InputStream content = Compressions.open(counted, input.compression());
    return input.format() == ItemFormat.ION
        ? IonItemReader.ofConditions(content)
        : JsonItemReader.ofConditions(content);
  }

  private BulkPart.Read read(ImportedRecord record) {
    return switch (record) {
      case ImportedRecord.Good(var item, var condition) -> ready(item, condition);
      case ImportedRecord.Bad(var problems) -> new BulkPart.Read.Broken(problems);
      case ImportedRecord.Unreadable(var problem) -> {
        // Nothing after it can be read.
        isEnded = true;
        yield broken(problem);
      }
    };
  }

  private BulkPart.Read ready(Item item, WriteCondition condition) {
    try {
      WriteExpressions bound = WriteExpressions.of(expressions, condition);
      return new BulkPart.Read.Ready(item, ConditionCheck.of(bound, condition));
    } catch (ApiException refused) {
      return broken(refused.text());
    }
  }

  private static BulkPart.Read broken(String problem) {
    return new BulkPart.Read.Broken(List.of(problem));
  }
}
