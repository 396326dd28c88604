package org.ostraka.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Query;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.testkit.random.RandomCase;

/** What holds of pages whatever the table has: each way to read it shows the same items. */
final class PagePropertiesTest {
  private static final String TABLE = "votes";
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.N)));
  private static final int PARTITIONS = 5;
  private static final int ITEMS = 300;

  private final TestEngine engine = new TestEngine();

  @BeforeEach
  void fill(TestInfo test) {
    engine.create(TABLE, KEY);
    RandomGenerator random = RandomCase.of(test).branch(0);
    for (int i = 0; i < ITEMS; i++) {
      BigDecimal sort = BigDecimal.valueOf(random.nextInt(-500, 500), random.nextInt(-3, 3));
      engine.put(
          TABLE,
          new Item(
              Map.of(
                  "pk", partition(random.nextInt(PARTITIONS)),
                  "sk", new AttributeValue.N(sort),
                  "even", new AttributeValue.Bool(i % 2 == 0))));
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void anyPageSizeGivesTheSameItemsInTheSameOrder() {
    List<Item> scanned = scan(null, null, 0);
    for (int size : List.of(1, 2, 3, 7, 100, ITEMS, ITEMS + 1)) {
      assertThat(scan(null, null, size)).isEqualTo(scanned);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        assertThat(query(partition, true, size)).isEqualTo(query(partition, true, 0));
        assertThat(query(partition, false, size)).isEqualTo(query(partition, true, 0).reversed());
      }
    }
  }

  @Test
  void aQueryIsTheScanFilteredAndSorted() {
    List<Item> scanned = scan(null, null, 0);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      AttributeValue value = partition(partition);
      assertThat(query(partition, true, 0))
          .isEqualTo(
              scanned.stream()
                  .filter(item -> item.attribute("pk").orElseThrow().equals(value))
                  .sorted(Comparator.comparing(PagePropertiesTest::number))
                  .toList());
    }
  }

  @Test
  void segmentsAreDisjointAndComplete() {
    List<Item> scanned = scan(null, null, 0);
    for (int total : List.of(1, 2, 3, 10, 1000)) {
      List<Item> found =
          IntStream.range(0, total)
              .boxed()
              .flatMap(segment -> scan(segment, total, 1 + segment % 3).stream())
              .toList();
      // The segments follow one another in the order of the whole.
      assertThat(found).isEqualTo(scanned);
    }
  }

  @Test
  void aFilterSeesEveryItemWhateverThePage() {
    List<Item> even =
        scan(null, null, 0).stream()
            .filter(item -> item.attributes().get("even").equals(new AttributeValue.Bool(true)))
            .toList();
    for (int size : List.of(0, 1, 4, ITEMS)) {
      List<Item> found =
          pages(start ->
              engine
                  .operations()
                  .scan()
                  .handle(
                      TestEngine.CALLER,
                      new Scan.Request(TABLE, null, null, page(size, start, "even = :v"))));
      assertThat(found).isEqualTo(even);
    }
  }

  private List<Item> scan(@Nullable Integer segment, @Nullable Integer total, int size) {
    OperationHandler<Scan.Request, PageResponse> handler = engine.operations().scan();
    return pages(start ->
        handler.handle(
            TestEngine.CALLER, new Scan.Request(TABLE, segment, total, page(size, start, null))));
  }

  private List<Item> query(int partition, boolean forward, int size) {
    OperationHandler<Query.Request, PageResponse> handler = engine.operations().query();
    return pages(start ->
        handler.handle(
            TestEngine.CALLER,
            new Query.Request(
                TABLE, "pk = :v", null, forward, page(size, start, partition(partition), null))));
  }

  private static List<Item> pages(Function<@Nullable Item, PageResponse> reading) {
    List<Item> items = new ArrayList<>();
    Item start = null;
    do {
      PageResponse page = reading.apply(start);
      items.addAll(Objects.requireNonNull(page.items()));
      start = page.lastEvaluatedKey();
    } while (start != null);
    return items;
  }

  private static PageRequest page(int size, @Nullable Item start, @Nullable String filter) {
    return page(size, start, new AttributeValue.Bool(true), filter);
  }

  private static PageRequest page(
      int size, @Nullable Item start, AttributeValue value, @Nullable String filter) {
    boolean scansAll = filter == null && value instanceof AttributeValue.Bool;
    return new PageRequest(
        null,
        size == 0 ? null : Integer.valueOf(size),
        start,
        null,
        filter,
        null,
        null,
        null,
        null,
        scansAll ? Substitutions.NONE : new Substitutions(null, Map.of(":v", value)),
        true,
        ReturnConsumedCapacity.NONE);
  }

  private static AttributeValue partition(int number) {
    return new AttributeValue.S("partition " + number);
  }

  private static BigDecimal number(Item item) {
    return ((AttributeValue.N) item.attribute("sk").orElseThrow()).value();
  }
}
