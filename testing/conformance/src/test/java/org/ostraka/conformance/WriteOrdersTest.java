package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether parts of orders fit together. */
final class WriteOrdersTest {
  @Test
  void partsOfOneOrderHaveNoCircle() {
    assertThat(
            WriteOrders.haveCircle(
                List.of(
                    List.of("a", "b", "d"), List.of("b", "c", "d"), List.of("a", "c"), List.of())))
        .isFalse();
  }

  @Test
  void ordersThatContradictEachOtherHaveOne() {
    assertThat(
            WriteOrders.haveCircle(
                List.of(List.of("a", "b"), List.of("b", "c"), List.of("c", "x", "a"))))
        .isTrue();
  }
}
