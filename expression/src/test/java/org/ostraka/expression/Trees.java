package org.ostraka.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;

/** Random values, items and trees that the service would accept, from one seed. One thread. */
public final class Trees {
  private static final String[] NAMES = {"a", "b", "c", "size", "x y", "ü", "#", "in"};
  private static final int DEPTH = 3;

  private static final List<Supplier<AttributeType>> TYPES =
      Arrays.stream(AttributeType.values()).<Supplier<AttributeType>>map(t -> () -> t).toList();

  private static final List<Supplier<Comparison>> COMPARISONS =
      Arrays.stream(Comparison.values()).<Supplier<Comparison>>map(c -> () -> c).toList();

  private final Random random;

  public Trees(long seed) {
    this.random = new Random(seed);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T oneOf(List<Supplier<T>> choices) {
    return choices.get(below(choices.size())).get();
  }

  public <T> List<T> several(int least, int most, Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    int count = least + below(most - least + 1);
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return elements;
  }

  public String name() {
    return NAMES[below(NAMES.length)];
  }

  public BigDecimal number() {
    return BigDecimal.valueOf(below(2000) - 1000L, below(5) - 2);
  }

  /** A number of up to 38 digits, often at an end of the range. */
  public BigDecimal wideNumber() {
    BigInteger digits = new BigInteger(1 + below(125), random).mod(BigInteger.TEN.pow(38));
    int exponent =
        switch (below(6)) {
          case 0 -> 125 - below(3);
          case 1 -> below(3) - 130;
          case 2 -> below(256) - 130;
          default -> below(20) - 10;
        };
    int scale = new BigDecimal(digits).precision() - 1 - exponent;
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale);
  }

  public AttributeValue scalar() {
    return oneOf(
        List.of(
            () -> new AttributeValue.N(number()),
            () -> new AttributeValue.S(name().repeat(below(3))),
            () -> new AttributeValue.B(Bytes.of(below(4), below(4)))));
  }

  public AttributeValue value(int depth) {
    if (depth > 0 && below(3) == 0) {
      return below(2) == 0
          ? new AttributeValue.L(several(0, 4, () -> value(depth - 1)))
          : new AttributeValue.M(map(depth - 1));
    }
    return oneOf(
        List.of(
            this::scalar,
            this::scalar,
            () -> new AttributeValue.Bool(random.nextBoolean()),
            AttributeValue.Null::new,
            this::set));
  }

  public AttributeValue set() {
    return below(2) == 0
        ? Values.ss(name(), "fixed " + below(3))
        : Values.ns("0." + (1 + below(3)), "5");
  }

  private Map<String, AttributeValue> map(int depth) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    int count = below(5);
    for (int i = 0; i < count; i++) {
      map.put(name(), value(depth));
    }
    return map;
  }

  public Item item() {
    return new Item(map(DEPTH));
  }

  public Path path() {
    List<Path.Step> steps = new ArrayList<>();
    steps.add(new Path.Step.Field(name()));
    while (below(3) == 0) {
      steps.add(below(2) == 0 ? new Path.Step.Index(below(4)) : new Path.Step.Field(name()));
    }
    return new Path(steps);
  }

  public Operand operand() {
    return switch (below(5)) {
      case 0 -> new Operand.Literal(scalar());
      case 1 -> new Operand.Size(new Operand.Attribute(path()));
      default -> new Operand.Attribute(path());
    };
  }

  public Condition condition(int depth) {
    if (depth > 0 && below(2) == 0) {
      return switch (below(3)) {
        case 0 -> new Condition.And(several(2, 4, () -> condition(depth - 1)));
        case 1 -> new Condition.Or(several(2, 4, () -> condition(depth - 1)));
        default -> new Condition.Not(condition(depth - 1));
      };
    }
    return valid(this::anyLeaf);
  }

  /** Only what may be bound: no path twice, bounds in order. */
  private Condition valid(Supplier<Condition> candidates) {
    while (true) {
      Condition candidate = candidates.get();
      ExpressionText text = ExpressionText.of(candidate);
      if (Values.error(
              () ->
                  ParsedCondition.parse(ExpressionParameter.CONDITION, text.text())
                      .bind(text.placeholders()))
          .equals("no error")) {
        return candidate;
      }
    }
  }

  private Condition anyLeaf() {
    return oneOf(
        List.of(
            () -> new Condition.Compare(oneOf(COMPARISONS), operand(), operand()),
            () -> new Condition.Compare(Comparison.EQUAL, operand(), literal()),
            () -> new Condition.Between(operand(), operand(), operand()),
            () -> new Condition.In(operand(), several(1, 4, this::operand)),
            () -> new Condition.AttributeExists(path()),
            () -> new Condition.AttributeNotExists(path()),
            () -> new Condition.HasType(path(), oneOf(TYPES)),
            () -> new Condition.BeginsWith(operand(), operand()),
            () -> new Condition.Contains(operand(), literal())));
  }

  private Operand literal() {
    return new Operand.Literal(value(1));
  }

  /** Paths that do not meet. */
  public Optional<Projection> projection() {
    List<Path> paths = several(1, 4, this::path);
    boolean apart =
        Values.error(() -> PathRules.refuseOverlap(ExpressionParameter.PROJECTION, paths))
            .equals("no error");
    return apart ? Optional.of(new Projection(paths)) : Optional.empty();
  }

  public UpdateOperand updateOperand(int depth) {
    return switch (below(depth > 0 ? 5 : 3)) {
      case 0 -> new UpdateOperand.Attribute(path());
      case 3 -> new UpdateOperand.IfNotExists(path(), updateOperand(depth - 1));
      case 4 -> new UpdateOperand.ListAppend(list(), list());
      default -> new UpdateOperand.Literal(value(1));
    };
  }

  private UpdateOperand list() {
    return below(2) == 0
        ? new UpdateOperand.Literal(new AttributeValue.L(several(0, 3, this::scalar)))
        : new UpdateOperand.IfNotExists(path(), new UpdateOperand.Attribute(path()));
  }

  private UpdateOperand numeric() {
    return below(2) == 0
        ? new UpdateOperand.Literal(new AttributeValue.N(number()))
        : new UpdateOperand.Attribute(path());
  }

  private SetValue setValue() {
    return switch (below(4)) {
      case 0 -> new SetValue.Sum(numeric(), numeric());
      case 1 -> new SetValue.Difference(numeric(), numeric());
      default -> new SetValue.Plain(updateOperand(2));
    };
  }

  private UpdateAction action(int kind, Path path) {
    return switch (kind) {
      case 0 -> new UpdateAction.Set(path, setValue());
      case 1 -> new UpdateAction.Remove(path);
      case 2 -> new UpdateAction.Add(path, below(2) == 0 ? set() : new AttributeValue.N(number()));
      default -> new UpdateAction.Delete(path, set());
    };
  }

  /** An update whose actions of one kind stand together. */
  public Optional<Update> update() {
    List<UpdateAction> actions = new ArrayList<>();
    int kind = below(4);
    for (int i = 0; i < 3; i++) {
      int current = (kind + i) % 4;
      several(0, 2, this::path).forEach(path -> actions.add(action(current, path)));
    }
    Update update = new Update(actions);
    ExpressionText text = ExpressionText.of(update);
    boolean valid =
        Values.error(() -> ParsedUpdate.parse(text.text()).bind(text.placeholders()))
            .equals("no error");
    return valid ? Optional.of(update) : Optional.empty();
  }
}
