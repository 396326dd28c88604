package org.ostraka.engine.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.IndexName;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.TableArn;

/** A meter adds up what a request is charged, and shows it to those who ask. */
final class MeterTest {
  private static final TableArn ORDERS = TestEngine.arn("orders");
  private static final TableArn VOTES = TestEngine.arn("votes");
  private static final IndexName INDEX = new IndexName("by-date");

  private final Meter meter = new Meter();

  @Test
  void consumptionIsShownToThoseWhoAsk() {
    meter.charge(ORDERS, 1.5);
    assertThat(meter.answer(ReturnConsumedCapacity.NONE)).isNull();
    assertThat(meter.answers(ReturnConsumedCapacity.NONE)).isNull();
    assertThat(meter.answer(ReturnConsumedCapacity.TOTAL).byIndex()).isFalse();
    assertThat(meter.answer(ReturnConsumedCapacity.INDEXES).byIndex()).isTrue();
    assertThat(meter.answer(ReturnConsumedCapacity.TOTAL).units()).isEqualTo(1.5);
  }

  @Test
  void chargesOfATableAndItsIndexesAddUpInTheOrderOfTheFirst() {
    meter.charge(VOTES, 0);
    meter.charge(ORDERS, new Cost(1, Map.of(), Map.of(INDEX, 2.0)));
    meter.charge(VOTES, 1);
    meter.charge(ORDERS, new Cost(1, Map.of(), Map.of(INDEX, 0.5)));
    assertThat(meter.answers(ReturnConsumedCapacity.TOTAL))
        .extracting(ConsumedCapacity::table)
        .containsExactly(VOTES.table(), ORDERS.table());
    assertThat(meter.consumed())
        .isEqualTo(
            Map.of(VOTES, Cost.ofTable(1), ORDERS, new Cost(2, Map.of(), Map.of(INDEX, 2.5))));
  }

  /** The answers are those that {@code BatchExecuteStatement/writes.txt} pins. */
  @Test
  void aFailureIsConsumedAndShownBesideOtherChargesOnly() {
    meter.chargeFailed(VOTES, 2);
    assertThat(meter.answers(ReturnConsumedCapacity.TOTAL)).isNull();
    meter.chargeFailed(ORDERS, 3);
    meter.charge(ORDERS, 1);
    assertThat(meter.answers(ReturnConsumedCapacity.INDEXES)).hasSize(1);
    assertThat(meter.answer(ReturnConsumedCapacity.INDEXES).tableUnits()).isEqualTo(1);
    assertThat(meter.answer(ReturnConsumedCapacity.INDEXES).units()).isEqualTo(4);
    assertThat(meter.consumed()).isEqualTo(Map.of(VOTES, Cost.ofTable(2), ORDERS, Cost.ofTable(4)));
  }

  @Test
  void anAnswerForOneTableNeedsOneCharge() {
    assertThat(meter.answer(ReturnConsumedCapacity.NONE)).isNull();
    assertThatThrownBy(() -> meter.answer(ReturnConsumedCapacity.TOTAL))
        .isInstanceOf(IllegalStateException.class);
  }
}
