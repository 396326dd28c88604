package org.ostraka.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A request of one client, whose fields are set before it is sent. One thread. */
public final class Request {
  private static final int TEN = 10;

  private final ByteBuffer bytes;
  private final RequestTemplate.Field[] fields;
  private final Optional<RequestSignature> signature;

  Request(RequestTemplate template) {
    byte[] initial = template.bytes();
    bytes = ByteBuffer.allocateDirect(initial.length).put(initial);
    fields = template.fields().toArray(RequestTemplate.Field[]::new);
    signature = template.signature();
  }

  /** Sets a field of digits, or a number; digits beyond its width are cut off. */
  public void number(int field, long value) {
    RequestTemplate.Field place = fields[field];
    byte filler = (byte) (place.kind() == RequestTemplate.NUMBER ? ' ' : '0');
    long rest = value;
    for (int i = place.at() + place.width() - 1; i >= place.at(); i--) {
      boolean digit = rest > 0 || i == place.at() + place.width() - 1;
      bytes.put(i, digit ? (byte) ('0' + rest % TEN) : filler);
      rest /= TEN;
    }
  }

  /** Fills a field of text from {@link Texts} at this offset; returns the offset after it. */
  public int text(int field, int offset) {
    RequestTemplate.Field place = fields[field];
    Texts.put(bytes, place.at(), offset, place.width());
    return offset + place.width();
  }

  /** Returns the bytes to send, signed as they are now if they are signed at all. */
  ByteBuffer bytes() {
    signature.ifPresent(each -> each.sign(bytes));
    return bytes.rewind();
  }
}
