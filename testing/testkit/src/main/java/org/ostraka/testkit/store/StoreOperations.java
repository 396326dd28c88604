package org.ostraka.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Slice;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;
import org.ostraka.testkit.random.Generator;

/** Random operations on so few rows that they often meet on one. Stateless. */
final class StoreOperations implements Generator<StoreOperation> {
  private static final List<Bytes> PARTS =
      List.of(
          Bytes.EMPTY,
          Bytes.of(0),
          Bytes.of(0, 0),
          Bytes.of('a'),
          Bytes.of('a', 0),
          Bytes.of('a', 'b'),
          Bytes.of('b'),
          Bytes.of(255),
          Bytes.of(255, 255));
  private static final int SPACES = 3;
  private static final long FIRST_DERIVED_SPACE = 90;
  private static final int MAX_WRITES = 6;
  private static final int LARGE_VALUE_BYTES = 100_000;

  @Override
  public StoreOperation next(RandomGenerator random) {
    int kind = random.nextInt(100);
    if (kind < 40) {
      return new StoreOperation.Transact(writes(random));
    } else if (kind < 45) {
      return new StoreOperation.Refuse(writes(random));
    } else if (kind < 60) {
      return new StoreOperation.Read(key(random));
    } else if (kind < 85) {
      return new StoreOperation.Scan(random.nextBoolean() ? partition(random) : slice(random));
    } else if (kind < 91) {
      return new StoreOperation.ReadLog(log(random), random.nextInt(10), 1 + random.nextInt(5));
    } else if (kind < 93) {
      return new StoreOperation.Trim(log(random), random.nextInt(6));
    } else if (kind < 95) {
      return new StoreOperation.Drop(space(random));
    }
    return random.nextBoolean() ? new StoreOperation.Reopen() : new StoreOperation.Crash();
  }

  private static List<Write> writes(RandomGenerator random) {
    List<Write> writes = new ArrayList<>();
    int count = random.nextInt(MAX_WRITES);
    for (int i = 0; i <= count; i++) {
      writes.add(
          switch (random.nextInt(6)) {
            case 0, 1 -> new Write.Put(key(random), value(random));
            case 2, 3 -> new Write.Delete(key(random));
            case 4 -> derived(key(random), random);
            default -> new Write.Append(log(random), value(random));
          });
    }
    return writes;
  }

  /** Returns a row that follows from the one at {@code owner}, and from no other. */
  private static Write derived(RowKey owner, RandomGenerator random) {
    RowKey key =
        new RowKey(
            new Space(owner.space().id() + FIRST_DERIVED_SPACE), owner.partition(), owner.sort());
    return new Write.Derive(
        owner, key, random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value(random)));
  }

  private static Range partition(RandomGenerator random) {
    Optional<Bytes> to = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(part(random));
    return new Range.OfPartition(space(random), part(random), part(random), to, way(random));
  }

  private static Range slice(RandomGenerator random) {
    int total = random.nextBoolean() ? 1 : 1 + random.nextInt(random.nextBoolean() ? 5 : 1_000_000);
    Space space = space(random);
    Optional<RowKey> after =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new RowKey(space, part(random), part(random)));
    return new Range.OfSlice(space, new Slice(random.nextInt(total), total), after, way(random));
  }

  private static Bytes value(RandomGenerator random) {
    byte[] value = new byte[random.nextInt(50) == 0 ? LARGE_VALUE_BYTES : random.nextInt(3)];
    random.nextBytes(value);
    return Bytes.wrap(value);
  }

  private static RowKey key(RandomGenerator random) {
    return new RowKey(space(random), part(random), part(random));
  }

  private static LogId log(RandomGenerator random) {
    return new LogId(space(random));
  }

  private static Space space(RandomGenerator random) {
    return new Space(random.nextInt(SPACES));
  }

  private static Bytes part(RandomGenerator random) {
    return PARTS.get(random.nextInt(PARTS.size()));
  }

  private static Direction way(RandomGenerator random) {
    return random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
  }
}
