package org.ostraka.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Region;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.operation.GetRecords;

final class EventWriterTest {
  private static final String ARN =
      "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

  private static final Item KEY = new Item(Map.of("id", new AttributeValue.S("a\"b")));

  @Test
  void aRecordHasTheNamesThatLambdaGivesIt() {
    Item before = new Item(Map.of("id", new AttributeValue.S("a\"b")));
    Item after = new Item(Map.of("n", new AttributeValue.N(new BigDecimal("1.50"))));

    String json = text(record(Optional.empty(), Optional.of(before), Optional.of(after)));

    assertThat(json)
        .isEqualTo(
            ("{'eventID':'0123','eventName':'MODIFY','eventVersion':'1.1',"
                    + "'eventSource':'aws:dynamodb','awsRegion':'eu-west-1','dynamodb':{"
                    + "'ApproximateCreationDateTime':1767225600,'Keys':{'id':{'S':'a\\'b'}},"
                    + "'NewImage':{'n':{'N':'1.5'}},'OldImage':{'id':{'S':'a\\'b'}},"
                    + "'SequenceNumber':'700000000000000000001','SizeBytes':26,"
                    + "'StreamViewType':'NEW_AND_OLD_IMAGES'},'eventSourceARN':'"
                    + ARN
                    + "'}")
                .replace('\'', '"'));
  }

  /** Lambda writes these names in lower case; the API does not. */
  @Test
  void aDeletionByTheServiceNamesItInLowerCase() {
    String json =
        text(record(Optional.of("dynamodb.amazonaws.com"), Optional.empty(), Optional.empty()));

    assertThat(json)
        .contains(
            "\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}");
  }

  @Test
  void everyTypeOfValueIsWritten() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put("b", new AttributeValue.B(Bytes.wrap(new byte[] {1, 2})));
    values.put("bool", new AttributeValue.Bool(true));
    values.put("null", new AttributeValue.Null());
    values.put("l", new AttributeValue.L(List.of(new AttributeValue.S("x"))));
    values.put("m", new AttributeValue.M(Map.of("k", new AttributeValue.N(BigDecimal.TEN))));
    values.put("ss", new AttributeValue.SS(Set.of("p", "q")));
    values.put("ns", new AttributeValue.NS(Set.of(BigDecimal.ONE)));
    values.put("bs", new AttributeValue.BS(Set.of(Bytes.wrap(new byte[] {3}))));

    assertThat(text(record(Optional.empty(), Optional.empty(), Optional.of(new Item(values)))))
        .contains(
            ("'NewImage':{'b':{'B':'AQI='},'bool':{'BOOL':true},'null':{'NULL':true},"
                    + "'l':{'L':[{'S':'x'}]},'m':{'M':{'k':{'N':'10'}}},'ss':{'SS':['p','q']},"
                    + "'ns':{'NS':['1']},'bs':{'BS':['Aw==']}}")
                .replace('\'', '"'));
  }

  @Test
  void anEventHasItsRecordsInOrder() {
    byte[] event = EventWriter.event(List.of(bytes("{\"a\":1}"), bytes("{\"b\":2}")));

    assertThat(new String(event, StandardCharsets.UTF_8))
        .isEqualTo("{\"Records\":[{\"a\":1},{\"b\":2}]}");
  }

  @Test
  void equalKeysAreEqualBytes() {
    Map<String, AttributeValue> one = new LinkedHashMap<>();
    one.put("sort", new AttributeValue.S("2"));
    one.put("id", new AttributeValue.S("1"));
    Map<String, AttributeValue> other = new LinkedHashMap<>();
    other.put("id", new AttributeValue.S("1"));
    other.put("sort", new AttributeValue.S("2"));

    assertThat(EventWriter.key(new Item(one)))
        .isEqualTo(EventWriter.key(new Item(other)))
        .isEqualTo(bytes("{\"id\":{\"S\":\"1\"},\"sort\":{\"S\":\"2\"}}"));
  }

  private static GetRecords.StreamRecord record(
      Optional<String> service, Optional<Item> before, Optional<Item> after) {
    return new GetRecords.StreamRecord(
        "0123",
        GetRecords.EventName.MODIFY,
        new Region("eu-west-1"),
        service,
        Instant.parse("2026-01-01T00:00:00.900Z"),
        KEY,
        before,
        after,
        "700000000000000000001",
        26,
        StreamViewType.NEW_AND_OLD_IMAGES);
  }

  private static String text(GetRecords.StreamRecord record) {
    return new String(EventWriter.record(record, ARN), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
