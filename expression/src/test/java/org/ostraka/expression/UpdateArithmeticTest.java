package org.ostraka.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;

/** Sums and differences of random numbers against BigDecimal. */
final class UpdateArithmeticTest {
  private static final Path A = Path.of("a");

  @Test
  void resultsAreExactOrRefused(TestInfo test) {
    Seeds.forEach(
        test,
        20_000,
        seed -> {
          Trees trees = new Trees(seed);
          BigDecimal left = trees.wideNumber();
          BigDecimal right = trees.wideNumber();
          check(left, left.add(right), new SetValue.Sum(read(), literal(right)));
          check(left, left.subtract(right), new SetValue.Difference(read(), literal(right)));
        });
  }

  private static UpdateOperand read() {
    return new UpdateOperand.Attribute(A);
  }

  private static UpdateOperand literal(BigDecimal number) {
    return new UpdateOperand.Literal(new AttributeValue.N(number));
  }

  private static void check(BigDecimal left, BigDecimal exact, SetValue value) {
    Item item = Values.item("a", new AttributeValue.N(left));
    Update update = new Update(List.of(new UpdateAction.Set(A, value)));
    BigDecimal stripped = exact.stripTrailingZeros();
    boolean storable =
        exact.signum() == 0
            || (stripped.precision() <= DecimalNumber.MAX_DIGITS
                && DecimalNumber.exponent(stripped) <= DecimalNumber.MAX_EXPONENT
                && DecimalNumber.exponent(stripped) >= DecimalNumber.MIN_EXPONENT);
    try {
      Item result = update.apply(item);
      assertThat(storable).as("%s", exact).isTrue();
      assertThat(((AttributeValue.N) result.attributes().get("a")).value())
          .isEqualByComparingTo(exact);
    } catch (ValidationException refused) {
      assertThat(storable).as("%s: %s", exact, refused.text()).isFalse();
    }
  }
}
