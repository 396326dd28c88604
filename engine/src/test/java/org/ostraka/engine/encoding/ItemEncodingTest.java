package org.ostraka.engine.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.ScalarType;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.testkit.random.Items;
import org.ostraka.testkit.random.RandomCase;

/** Items come back from their bytes as they were, and nothing else comes from other bytes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ItemEncodingTest {
  private static final int RANDOM_ITEMS = 2_000;
  private static final int MAX_CHANGED_ITEM = 500;
  private static final String ASTRAL = "a\u0000\u00e9\u20ac\ud83d\ude00";

  @Test
  void extremeItemsComeBackAsTheyWere() {
    for (Item item : extremes()) {
      Bytes encoded = ItemEncoding.encode(item);
      assertThat(ItemEncoding.decode(encoded)).isEqualTo(item);
      assertThat(ItemEncoding.sizeBytes(encoded)).isEqualTo(item.sizeBytes());
    }
  }

  @Test
  void aSizeIsStoredWhateverItsLengthIs() {
    for (int length : List.of(0, 126, 127, 128, 16_382, 16_383, 16_384, 399_999)) {
      Item item = new Item(Map.of("a", new AttributeValue.S("x".repeat(length))));
      Bytes encoded = ItemEncoding.encode(item);
      assertThat(ItemEncoding.sizeBytes(encoded)).isEqualTo(length + 1);
      assertThat(ItemEncoding.decode(encoded)).isEqualTo(item);
    }
  }

  @Test
  void attributesComeBackInTheirOrder() {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m", "")) {
      attributes.put(name, new AttributeValue.Null());
    }
    Item back = ItemEncoding.decode(ItemEncoding.encode(new Item(attributes)));
    assertThat(back.attributes().keySet()).containsExactly("z", "a", "m", "");
  }

  @Test
  void randomItemsComeBackAsTheyWere(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int i = 0; i < RANDOM_ITEMS; i++) {
      Item item = Items.item(random.branch(i));
      Bytes encoded = ItemEncoding.encode(item);
      assertThat(ItemEncoding.decode(encoded)).isEqualTo(item);
      assertThat(ItemEncoding.sizeBytes(encoded)).isEqualTo(item.sizeBytes());
    }
  }

  @Test
  void itemsThatSurelyDifferAreNotEqual(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    int surely = 0;
    for (int i = 0; i < RANDOM_ITEMS; i++) {
      Item item = Items.item(random.branch(i));
      Item changed = changed(item, random.branch(i));
      boolean found =
          ItemEncoding.surelyDiffer(ItemEncoding.encode(item), ItemEncoding.encode(changed));
      surely += found ? 1 : 0;
      assertThat(found && item.equals(changed)).as("%s and %s", item, changed).isFalse();
      assertThat(
              ItemEncoding.surelyDiffer(
                  ItemEncoding.encode(item), ItemEncoding.encode(turned(item))))
          .as("%s in another order", item)
          .isFalse();
    }
    assertThat(surely).isGreaterThan(RANDOM_ITEMS / 10);
  }

  @Test
  void aTextOfTheSameLengthThatDiffersIsFound() {
    Bytes one = ItemEncoding.encode(new Item(Map.of("a", new AttributeValue.S("x"))));
    Bytes other = ItemEncoding.encode(new Item(Map.of("a", new AttributeValue.S("y"))));
    assertThat(ItemEncoding.surelyDiffer(one, other)).isTrue();
    assertThat(ItemEncoding.surelyDiffer(one, one)).isFalse();
  }

  /**
   * Returns the item with another value of one attribute, which may be equal to the value before.
   */
  private static Item changed(Item item, RandomGenerator random) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(item.attributes());
    List<String> names = List.copyOf(attributes.keySet());
    if (!names.isEmpty()) {
      attributes.put(names.get(random.nextInt(names.size())), Items.value(random));
    }
    return new Item(attributes);
  }

  /** Returns an equal item whose attributes, and the elements of sets, have the other order. */
  private static Item turned(Item item) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name : List.copyOf(item.attributes().keySet()).reversed()) {
      attributes.put(name, turned(item.attributes().get(name)));
    }
    return new Item(attributes);
  }

  private static AttributeValue turned(AttributeValue value) {
    return value instanceof AttributeValue.SS set
        ? new AttributeValue.SS(new LinkedHashSet<>(List.copyOf(set.values()).reversed()))
        : value;
  }

  @Test
  void everyTruncationIsNoticed(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    List<Item> items = new ArrayList<>(extremes());
    items.add(Items.item(random.branch(0)));
    for (Item item : items) {
      byte[] encoded = ItemEncoding.encode(item).array();
      for (int length = 0; length < Math.min(encoded.length, 3_000); length++) {
        Bytes cut = Bytes.wrap(Arrays.copyOf(encoded, length));
        assertThatThrownBy(() -> ItemEncoding.decode(cut)).isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(() -> writeOut(cut)).isInstanceOf(CorruptDataException.class);
      }
      Bytes longer = Bytes.wrap(Arrays.copyOf(encoded, encoded.length + 1));
      assertThatThrownBy(() -> ItemEncoding.decode(longer))
          .isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(() -> writeOut(longer)).isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void everyChangeOfOneByteIsNoticedOrMakesAnotherItem(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    List<Item> items = new ArrayList<>(extremes());
    for (int i = 0; i < 10; i++) {
      items.add(Items.item(random.branch(i)));
    }
    for (Item item : items) {
      byte[] encoded = ItemEncoding.encode(item).array();
      // Of a long item each change would take long to read, and tell no more than of a short one.
      int changed = encoded.length > MAX_CHANGED_ITEM ? 0 : encoded.length;
      for (int at = 0; at < changed; at++) {
        byte original = encoded[at];
        for (int change = 1; change < 256; change++) {
          encoded[at] = (byte) (original ^ change);
          decodeOrNotice(encoded);
        }
        encoded[at] = original;
      }
    }
  }

  @Test
  void randomBytesAreNoticedOrMakeAnItem(TestInfo test) {
    RandomGenerator random = RandomCase.of(test).branch(0);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextInt(3) > 0 ? random.nextInt(16) : random.nextInt());
      }
      bytes[0] = 1;
      decodeOrNotice(bytes);
    }
  }

  @Test
  void hugeCountsAreNoticedWithoutMakingRoomForThem() {
    for (int tag : List.of(1, 2, 3, 7, 8, 9, 10, 11)) {
      byte[] bytes = bytes(1, 5, 1, 1, 'a', tag, 0xFF, 0xFF, 0xFF, 0xFF, 0x07);
      assertThatThrownBy(() -> ItemEncoding.decode(Bytes.wrap(bytes)))
          .isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(() -> writeOut(Bytes.wrap(bytes)))
          .isInstanceOf(CorruptDataException.class);
    }
    assertThatThrownBy(() -> ItemEncoding.decode(Bytes.wrap(bytes(1, 5, 0xFF, 0xFF, 0xFF, 0x7F))))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void endlessNestingIsNoticedBeforeTheStackEnds() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes(1, 5, 1, 1, 'a'));
    for (int i = 0; i < 200_000; i++) {
      bytes.writeBytes(bytes(7, 1));
    }
    bytes.write(6);
    Bytes encoded = Bytes.wrap(bytes.toByteArray());
    assertThatThrownBy(() -> ItemEncoding.decode(encoded)).isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(() -> writeOut(encoded)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void numbersBeyondAllLimitsAreNoticedAtOnce() {
    byte[] digits = new byte[300_000];
    Arrays.fill(digits, (byte) 0x7B);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes(1, 5, 1, 1, 'a', 2, 0x80, 0x01, 0xE0, 0xA7, 0x12));
    bytes.writeBytes(digits);
    Bytes encoded = Bytes.wrap(bytes.toByteArray());
    assertThatThrownBy(() -> ItemEncoding.decode(encoded)).isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(() -> writeOut(encoded)).isInstanceOf(CorruptDataException.class);
    // A scale that overflows when the trailing zero of 10 is taken off.
    byte[] scaled = bytes(1, 5, 1, 1, 'a', 2, 0x80, 0x81, 0x80, 0x80, 0x08, 1, 10);
    assertThatThrownBy(() -> ItemEncoding.decode(Bytes.wrap(scaled)))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void whatIsThereTwiceIsNoticed() {
    byte[] attributes = bytes(1, 4, 2, 1, 'a', 6, 1, 'a', 6);
    byte[] set = bytes(1, 4, 1, 1, 'a', 9, 2, 1, 'x', 1, 'x');
    for (byte[] twice : List.of(attributes, set)) {
      assertThatThrownBy(() -> ItemEncoding.decode(Bytes.wrap(twice)))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  /** What decodes can be told; what does not decode is told or noticed, and nothing worse. */
  private static void decodeOrNotice(byte[] bytes) {
    Item decoded;
    try {
      decoded = ItemEncoding.decode(Bytes.wrap(bytes));
    } catch (CorruptDataException _) {
      writeOutOrNotice(bytes);
      return;
    }
    assertThat(decoded.sizeBytes()).isNotNegative();
    writeOut(Bytes.wrap(bytes));
  }

  private static void writeOutOrNotice(byte[] bytes) {
    try {
      writeOut(Bytes.wrap(bytes));
    } catch (CorruptDataException expected) {
      assertThat(expected).hasMessageStartingWith("a stored ");
    }
  }

  private static void writeOut(Bytes encoded) {
    ItemEncoding.ofStored(encoded).writeTo(new BoundsCheck());
  }

  /** Looks at all that it is told. */
  private static final class BoundsCheck implements AttributeSink {
    private int open;

    @Override
    public void name(String name) {
      throw new AssertionError("stored names are told as they lie");
    }

    @Override
    public void name(byte[] array, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, array.length);
    }

    @Override
    public void text(String text) {
      throw new AssertionError("stored texts are told as they lie");
    }

    @Override
    public void text(byte[] array, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, array.length);
    }

    @Override
    public void number(BigDecimal number) {
      assertThat(number.scale()).isBetween(-125, 167);
    }

    @Override
    public void binary(byte[] array, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, array.length);
    }

    @Override
    public void bool(boolean flag) {}

    @Override
    public void nullValue() {}

    @Override
    public void startMap() {
      open++;
    }

    @Override
    public void endMap() {
      close();
    }

    @Override
    public void startList() {
      open++;
    }

    @Override
    public void endList() {
      close();
    }

    @Override
    public void startSet(ScalarType type) {
      open++;
    }

    @Override
    public void endSet() {
      close();
    }

    private void close() {
      assertThat(--open).isNotNegative();
    }
  }

  private static byte[] bytes(int... values) {
    return Bytes.of(values).array();
  }

  private static List<Item> extremes() {
    AttributeValue deep = new AttributeValue.Bool(true);
    for (int level = 1; level < Limits.NESTING_LEVELS; level++) {
      deep =
          level % 2 == 0
              ? new AttributeValue.L(List.of(deep))
              : new AttributeValue.M(Map.of("", deep));
    }
    BigDecimal most = new BigDecimal("9".repeat(38) + "E+88");
    BigDecimal least = new BigDecimal("1E-130");
    BigDecimal finest = new BigDecimal(new BigInteger("9".repeat(38)), 167);
    return List.of(
        new Item(Map.of()),
        item(new AttributeValue.S("")),
        item(new AttributeValue.S(ASTRAL)),
        item(new AttributeValue.S("x".repeat(400_000))),
        item(new AttributeValue.B(Bytes.EMPTY)),
        item(new AttributeValue.N(BigDecimal.ZERO)),
        item(new AttributeValue.NS(Set.of(most, most.negate(), least, least.negate(), finest))),
        item(new AttributeValue.N(new BigDecimal("1E+125"))),
        item(new AttributeValue.SS(Set.of("", ASTRAL))),
        item(new AttributeValue.BS(Set.of(Bytes.EMPTY, Bytes.of(0, 255)))),
        item(new AttributeValue.L(List.of())),
        item(new AttributeValue.M(Map.of())),
        item(deep));
  }

  private static Item item(AttributeValue value) {
    return new Item(Map.of("a", value));
  }
}
