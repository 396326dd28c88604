package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void orderIsUnsignedAndPrefixesComeFirst() {
    List<Bytes> sorted =
        List.of(
            Bytes.EMPTY,
            Bytes.of(0),
            Bytes.of(0, 0),
            Bytes.of(0, 255),
            Bytes.of(1),
            Bytes.of(127),
            Bytes.of(128),
            Bytes.of(255),
            Bytes.of(255, 0));

    assertThat(sorted).isSorted();
    assertThat(Stream.of(Bytes.of(1), Bytes.EMPTY, Bytes.of(255)).sorted().toList())
        .containsExactly(Bytes.EMPTY, Bytes.of(1), Bytes.of(255));
  }

  @Test
  void equalBytesAreEqual() {
    assertThat(Bytes.of(1, 2)).isEqualTo(Bytes.wrap(new byte[] {1, 2}));
    assertThat(Bytes.of(1, 2)).hasSameHashCodeAs(Bytes.wrap(new byte[] {1, 2}));
    assertThat(Bytes.of(1, 2)).isNotEqualTo(Bytes.of(1, 3)).isNotEqualTo(Bytes.of(1));
    assertThat(Bytes.of(1).compareTo(Bytes.of(1))).isZero();
  }

  @Test
  void onlyTheLowEightBitsCount() {
    assertThat(Bytes.of(0x1FF, -1)).isEqualTo(Bytes.of(255, 255));
  }

  @Test
  void noBytesAreEmpty() {
    assertThat(Bytes.wrap(new byte[0])).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.EMPTY.isEmpty()).isTrue();
    assertThat(Bytes.of(0).isEmpty()).isFalse();
    assertThat(Bytes.of(0, 0, 0).sizeBytes()).isEqualTo(3);
  }

  @Test
  void wrappingDoesNotCopy() {
    byte[] array = {1, 2, 3};

    assertThat(Bytes.wrap(array).array()).isSameAs(array);
  }

  @Test
  void textIsHexadecimal() {
    assertThat(Bytes.of(0, 171, 255)).hasToString("00abff");
  }
}
