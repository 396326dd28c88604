package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Attributes of every type come back as they were put, up to the limits; values beyond a limit are
 * refused.
 */
final class AttributeTypesIT {

  @RegisterExtension private static final RunningServer SERVER = new RunningServer();

  private static final String TABLE = "types";
  private static final int MAX_ITEM_BYTES = 409_600;

  /**
   * 32 levels are allowed; the attribute itself is the first level, the scalar inside is the last.
   */
  private static final int MAX_CONTAINERS = 31;

  private static DynamoDbClient client;

  @BeforeAll
  static void createTable() throws InterruptedException {
    client = SERVER.client(Region.US_EAST_1);
    client.createTable(VoteTable.request(TABLE));
  }

  static Stream<AttributeValue> values() {
    return Stream.of(
        AttributeValue.fromS(""),
        AttributeValue.fromS("\u0000 \" \\ / \b \n \u2028 \u00df \u2603 \ud83d\uddf3"),
        AttributeValue.fromBool(true),
        AttributeValue.fromBool(false),
        AttributeValue.fromNul(true),
        AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])),
        AttributeValue.fromB(everyByte()),
        AttributeValue.fromL(List.of()),
        AttributeValue.fromM(Map.of()),
        AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromS(""))),
        AttributeValue.fromM(Map.of("a b.c#\u00e9", AttributeValue.fromNul(true))),
        nested(MAX_CONTAINERS));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueComesBackAsItWasPut(AttributeValue value) {
    assertThat(roundTrip(value)).isEqualTo(value);
  }

  @Test
  void setsComeBackInAnyOrder() {
    List<String> texts = List.of("b", "", "a", "\u00e9");
    assertThat(new HashSet<>(roundTrip(AttributeValue.fromSs(texts)).ss()))
        .isEqualTo(new HashSet<>(texts));
    List<String> numbers = List.of("3", "-1", "0.5");
    assertThat(new HashSet<>(roundTrip(AttributeValue.fromNs(numbers)).ns()))
        .isEqualTo(new HashSet<>(numbers));
    List<SdkBytes> binaries = List.of(everyByte(), SdkBytes.fromUtf8String("x"));
    assertThat(new HashSet<>(roundTrip(AttributeValue.fromBs(binaries)).bs()))
        .isEqualTo(new HashSet<>(binaries));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "12345678901234567890123456789012345678",
        "-12345678901234567890123456789012345678",
        "0.00000000000000000000000000000000000012345678901234567890123456789012345678",
        "1E-130",
        "-1E-130",
        "9.9999999999999999999999999999999999999E+125",
        "-9.9999999999999999999999999999999999999E+125"
      })
  void aNumberKeepsAllOfItsDigits(String number) {
    String back = roundTrip(AttributeValue.fromN(number)).n();
    assertThat(new BigDecimal(back)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @CsvSource({"1.50,1.5", "0100,100", "-0,0", "0.0,0", "1e2,100", "+7,7"})
  void aNumberIsNormalised(String put, String back) {
    assertThat(roundTrip(AttributeValue.fromN(put)).n()).isEqualTo(back);
  }

  @ParameterizedTest
  @CsvSource({
    "123456789012345678901234567890123456789,more than 38 significant digits",
    "1E126,Number overflow",
    "-1E126,Number overflow",
    "1E-131,Number underflow",
    "seven,cannot be converted to a numeric value: seven"
  })
  void aNumberBeyondTheLimitsIsRefused(String number, String message) {
    assertRefused(item(AttributeValue.fromN(number)), message);
  }

  @Test
  void setsThatAreNoneAreRefused() {
    assertRefused(item(AttributeValue.fromSs(List.of())), "may not be empty");
    assertRefused(item(AttributeValue.fromSs(List.of("b", "a", "b"))), "contains duplicates");
    assertRefused(item(AttributeValue.fromNs(List.of("1", "1.0"))), "contains duplicates");
  }

  @Test
  void nestingBeyondTheLimitIsRefused() {
    assertRefused(item(nested(MAX_CONTAINERS + 1)), "nested levels beyond supported limit");
  }

  @Test
  void anItemMayHaveTheFullSizeAndNoByteMore() {
    Map<String, AttributeValue> largest = itemOfBytes(MAX_ITEM_BYTES);
    put(largest);
    assertThat(read()).isEqualTo(largest);
    assertRefused(
        itemOfBytes(MAX_ITEM_BYTES + 1), "Item size has exceeded the maximum allowed size");
  }

  @Test
  void anItemMayHaveManyAttributes() {
    Map<String, AttributeValue> wide = new HashMap<>(VoteTable.key("1"));
    for (int i = 0; i < 2_000; i++) {
      wide.put("attribute" + i, AttributeValue.fromN(Integer.toString(i)));
    }
    put(wide);
    assertThat(read()).isEqualTo(wide);
  }

  private static AttributeValue roundTrip(AttributeValue value) {
    put(item(value));
    return read().get("value");
  }

  private static void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  private static Map<String, AttributeValue> read() {
    return client
        .getItem(get -> get.tableName(TABLE).key(VoteTable.key("1")).consistentRead(true))
        .item();
  }

  private static void assertRefused(Map<String, AttributeValue> item, String message) {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> put(item))
        .withMessageContaining(message)
        .satisfies(refusal ->
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  private static Map<String, AttributeValue> item(AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>(VoteTable.key("1"));
    item.put("value", value);
    return item;
  }

  private static Map<String, AttributeValue> itemOfBytes(int bytes) {
    int rest = bytes - "PKVOTE#1SKUSER#1value".length();
    return item(AttributeValue.fromS("x".repeat(rest)));
  }

  /** Returns this number of lists and maps, in turn, around one scalar. */
  private static AttributeValue nested(int containers) {
    AttributeValue value = AttributeValue.fromS("deep");
    for (int i = 0; i < containers; i++) {
      value =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(value))
              : AttributeValue.fromM(Map.of("in", value));
    }
    return value;
  }

  private static SdkBytes everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return SdkBytes.fromByteArray(bytes);
  }
}
