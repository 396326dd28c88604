package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableArnTest {
  private static final String TEXT = "arn:aws:dynamodb:eu-central-1:123456789012:table/orders";

  private static final TableArn ORDERS =
      new TableArn(
          new Owner(new AccountId("123456789012"), new Region("eu-central-1")),
          new TableName("orders"));

  @Test
  void textAndArnAreTheSame() {
    assertThat(ORDERS).hasToString(TEXT);
    assertThat(TableArn.parse(TEXT)).contains(ORDERS);
  }

  @Test
  void readsTheArnsOfOtherPartitions() {
    assertThat(TableArn.parse("arn:aws-cn:dynamodb:cn-north-1:123456789012:table/orders"))
        .map(TableArn::table)
        .contains(new TableName("orders"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/ab",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders/index/by-date",
        "arn:aws:dynamodb:eu-central-1:123456789012:orders",
        "arn:aws:dynamodb:eu-central-1:12345678901:table/orders",
        "arn:aws:dynamodb:-:123456789012:table/orders",
        "arn:aws:dynamodb::123456789012:table/orders",
        "arn:aws:s3:eu-central-1:123456789012:table/orders",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders\n",
        " arn:aws:dynamodb:eu-central-1:123456789012:table/orders"
      })
  void textThatSpellsNoArnIsNone(String text) {
    assertThat(TableArn.parse(text)).isEmpty();
  }

  @Test
  void accountsAndRegionsAreLegalOrRefused() {
    assertThatThrownBy(() -> new AccountId("12345678901a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Region("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Region("EU")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Region.isLegal("a".repeat(64))).isTrue();
    assertThat(Region.isLegal("a".repeat(65))).isFalse();
  }
}
