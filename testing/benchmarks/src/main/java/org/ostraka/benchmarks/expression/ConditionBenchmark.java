package org.ostraka.benchmarks.expression;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.expression.WriteExpressions;
import org.ostraka.expression.Condition;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.ParsedCondition;
import org.ostraka.expression.Placeholders;
import org.ostraka.expression.Update;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.operation.GetItem;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.UpdateItem;
import org.ostraka.model.operation.WriteCondition;

/**
 * Measures the cost of a request's expressions, from their texts to their result on an item of 1
 * KB: look-up in the cache of parsed expressions, binding to the request's placeholders, the check
 * for unused placeholders, evaluation.
 *
 * <p>Each request has new String objects, as in JSON parsing, so that a look-up has to hash them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 5, jvmArgsAppend = "-XX:+UseCompactObjectHeaders")
public class ConditionBenchmark {
  private static final String TABLE = "orders";
  private static final Item NO_ITEM = new Item(Map.of());

  private static final byte[] CONDITION =
      utf8("#status = :status AND price < :limit AND stock >= :amount");
  private static final byte[] UPDATE = utf8("SET stock = stock - :amount, #status = :status");
  private static final byte[] PROJECTION = utf8("id, #status, address.city, tags[0]");

  private final Item item = OrderItem.ofOneKilobyte();
  private final Expressions expressions = new Expressions();
  private final Map<String, String> names = Map.of("#status", "status");
  private final Map<String, AttributeValue> values = values(":status", ":limit", ":amount");
  private final Map<String, AttributeValue> valuesOfUpdate = values(":status", ":amount");
  private final Condition bound = condition().condition().orElseThrow();

  /** Evaluates a cached condition with three comparisons, all of which hold. */
  @Benchmark
  public boolean conditionKept() {
    return condition().condition().orElseThrow().holds(item);
  }

  /** Does the same with a condition that is not in the cache. */
  @Benchmark
  public boolean conditionNew() {
    Placeholders placeholders = new Placeholders(names, values);
    ParsedCondition parsed = ParsedCondition.parse(ExpressionParameter.CONDITION, text(CONDITION));
    Condition condition = parsed.bind(placeholders);
    placeholders.refuseUnused(List.of(parsed));
    return condition.holds(item);
  }

  /** Only evaluates a condition that is already bound. */
  @Benchmark
  public boolean conditionBound() {
    return bound.holds(item);
  }

  /** Sets two attributes: one to a difference, one to a text. */
  @Benchmark
  public Item updateKept() {
    Update update =
        WriteExpressions.of(
                expressions,
                new UpdateItem.Request(
                    TABLE,
                    NO_ITEM,
                    text(UPDATE),
                    null,
                    when(null, valuesOfUpdate),
                    ReturnValues.NONE,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE))
            .update()
            .orElseThrow();
    return update.apply(item);
  }

  /** Projects four attributes, two of them nested. */
  @Benchmark
  public Item projectionKept() {
    GetItem.Request request =
        new GetItem.Request(
            TABLE, NO_ITEM, null, text(PROJECTION), names, false, ReturnConsumedCapacity.NONE);
    return ReadExpressions.of(expressions, request).projection().orElseThrow().of(item);
  }

  private WriteExpressions condition() {
    return WriteExpressions.of(expressions, when(text(CONDITION), values));
  }

  private WriteCondition when(@Nullable String condition, Map<String, AttributeValue> values) {
    return new WriteCondition(condition, null, null, new Substitutions(names, values), false);
  }

  private static Map<String, AttributeValue> values(String... placeholders) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put(":status", new AttributeValue.S("open"));
    values.put(":limit", OrderItem.number("100"));
    values.put(":amount", OrderItem.number("3"));
    values.keySet().retainAll(List.of(placeholders));
    return values;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
