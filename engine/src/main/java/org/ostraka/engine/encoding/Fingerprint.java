package org.ostraka.engine.encoding;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;

/**
 * A digest of values, added one after another: a number of 256 bits that is the same for the same
 * values. The order of attributes, and of the elements of sets, does not count. Part of the format
 * on disk. One thread.
 */
public final class Fingerprint {
  private static final int ABSENT = -1;

  private final MessageDigest digest = sha();
  private final DataOutputStream output =
      new DataOutputStream(
          new BufferedOutputStream(
              new DigestOutputStream(OutputStream.nullOutputStream(), digest)));

  /** A write to the digest only, which does not fail. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  /** Returns the digest of all that was added. It may be called once. */
  public Bytes sha256() {
    written(output::flush);
    return Bytes.wrap(digest.digest());
  }

  /** Adds one character below 128, which distinguishes parts of different kinds. */
  public void mark(char mark) {
    written(() -> output.writeByte(mark));
  }

  public void flag(boolean flag) {
    written(() -> output.writeBoolean(flag));
  }

  public void number(long number) {
    written(() -> output.writeLong(number));
  }

  /** Adds a text, or a mark that there is none. */
  public void text(@Nullable String text) {
    if (text == null) {
      length(ABSENT);
      return;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    length(encoded.length);
    written(() -> output.write(encoded));
  }

  /** Adds texts by name, or a mark that there are none. */
  public void texts(@Nullable Map<String, String> texts) {
    length(texts == null ? ABSENT : texts.size());
    if (texts != null) {
      new TreeMap<>(texts)
          .forEach((name, text) -> {
            text(name);
            text(text);
          });
    }
  }

  /** Adds values by name, or a mark that there are none. */
  public void attributes(@Nullable Map<String, AttributeValue> attributes) {
    length(attributes == null ? ABSENT : attributes.size());
    if (attributes != null) {
      new TreeMap<>(attributes)
          .forEach((name, value) -> {
            text(name);
            value(value);
          });
    }
  }

  /** Adds values in their order. */
  public void values(List<AttributeValue> values) {
    length(values.size());
    values.forEach(this::value);
  }

  private void value(AttributeValue value) {
    written(() -> output.writeUTF(value.getClass().getSimpleName()));
    switch (value) {
      case AttributeValue.S text -> text(text.value());
      case AttributeValue.N number -> text(DecimalNumber.text(number.value()));
      case AttributeValue.B binary -> text(binary.value().toString());
      case AttributeValue.Bool flag -> flag(flag.value());
      case AttributeValue.Null _ -> {}
      case AttributeValue.L list -> values(list.values());
      case AttributeValue.M map -> attributes(map.values());
      case AttributeValue.SS set -> sorted(set.values());
      case AttributeValue.NS set -> sorted(set.values().stream().map(DecimalNumber::text).toList());
      case AttributeValue.BS set -> sorted(set.values().stream().map(Bytes::toString).toList());
    }
  }

  private void sorted(Collection<String> texts) {
    length(texts.size());
    texts.stream().sorted().forEach(this::text);
  }

  private void length(int length) {
    written(() -> output.writeInt(length));
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static void written(Writing writing) {
    try {
      writing.run();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
