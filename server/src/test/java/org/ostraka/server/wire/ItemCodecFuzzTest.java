package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Caller;
import org.ostraka.model.Item;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.operation.PutItem;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Items;
import org.ostraka.testkit.random.Mutator;

/** Items are read from JSON in any spelling, and written and read back unchanged. */
final class ItemCodecFuzzTest {
  private static final int INPUTS = 20_000;
  private static final LoadControl LOAD = LoadControl.forHeap(1L << 30, HeavyWorks.SHARED);
  private static final Caller CALLER =
      new Caller(
          new Principal.AccessKey("key"),
          new Owner(new AccountId("000000000000"), new Region("eu-central-1")));

  /** An attribute, with the seed of its spelling as JSON. */
  private record Attribute(String name, AttributeValue value, long spelling) {
    static Attribute next(RandomGenerator random) {
      return new Attribute(Items.name(random), Items.value(random), random.nextLong());
    }
  }

  @Test
  void itemsOfAnySpellingAreReadAsTheyWereMeant(TestInfo test) {
    Generator<Attribute> attributes = Attribute::next;
    Fuzz.of(test, INPUTS)
        .lists(
            several -> {
              Map<String, AttributeValue> values = new LinkedHashMap<>();
              long spelling = 0;
              for (Attribute each : several) {
                values.put(each.name(), each.value());
                spelling ^= each.spelling();
              }
              String json = ItemSpelling.of(values, new SplittableRandom(spelling));
              Item read = read(utf8(body(json))).orElseThrow();
              assertThat(read).isEqualTo(new Item(values));
              assertThat(new ArrayList<>(read.attributes().keySet()))
                  .isEqualTo(new ArrayList<>(values.keySet()));
              assertComesBack(read);
            },
            attributes.listsOfUpTo(5));
  }

  @Test
  void whateverIsReadAsAnItemComesBack(TestInfo test) {
    Generator<String> sound = random -> ItemSpelling.of(Items.item(random).attributes(), random);
    Fuzz.of(test, INPUTS)
        .texts(
            text -> read(Mutator.bytes(body(text))).ifPresent(ItemCodecFuzzTest::assertComesBack),
            Mutator.ofUtf8(sound, Bodies.WORDS));
  }

  private static void assertComesBack(Item item) {
    byte[] written = Json.object(json -> AttributeWriter.item(json, "Item", item));
    String members = new String(written, StandardCharsets.UTF_8).substring(1);
    assertThat(read(utf8("{\"TableName\":\"items\"," + members))).contains(item);
    Item lying = ItemEncoding.ofStored(ItemEncoding.encode(item));
    assertThat(Json.object(json -> AttributeWriter.item(json, "Item", lying)))
        .as("the same item as it is stored")
        .isEqualTo(written);
  }

  private static String body(String item) {
    return "{\"TableName\":\"items\",\"Item\":" + item + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the item of a PutItem's body; empty when it is refused. */
  private static Optional<Item> read(byte[] body) {
    List<Item> taken = new ArrayList<>();
    Operation put =
        Operation.of(
            new PutItemCodec(),
            (_, request) -> {
              taken.add(request.item());
              return new PutItem.Response(null, null, null);
            },
            LOAD);
    try {
      put.call(CALLER, new RequestHead("localhost"), body);
    } catch (ApiException refused) {
      assertThat(Json.isValid(Json.object(json -> ErrorBody.members(json, refused, "test"))))
          .isTrue();
    }
    return taken.stream().findFirst();
  }
}
