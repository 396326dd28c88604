package org.ostraka.identity.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR form, such as {@code 203.0.113.0/24} or {@code 2001:db8::/32}.
 * Immutable. An address in IPv6 that stands for one in IPv4 is that one.
 */
public final class IpRange {
  private static final int V4_BYTES = 4;
  private static final int V6_GROUPS = 8;
  private static final int V4_OFFSET_IN_V6 = 12;
  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Pattern BITS = Pattern.compile("\\d{1,3}");

  private final byte[] network;
  private final int bits;

  private IpRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Returns the range that the text spells: an address, or one with a number of bits. */
  public static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return parseAddress(text).map(address -> new IpRange(address, address.length * Byte.SIZE));
    }
    String length = text.substring(slash + 1);
    if (!BITS.matcher(length).matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(length);
    return parseAddress(text.substring(0, slash))
        .filter(address -> bits <= address.length * Byte.SIZE)
        .map(address -> new IpRange(address, bits));
  }

  /** Returns the bytes of the address that the text spells; empty if it is none. */
  static Optional<byte[]> parseAddress(String text) {
    return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text).map(IpRange::normal);
  }

  /** Returns whether the range has the address; never if one is IPv4 and the other is not. */
  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> parseV4(String text) {
    Matcher matcher = V4.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] address = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int part = Integer.parseInt(matcher.group(i + 1));
      if (part > 0xFF) {
        return Optional.empty();
      }
      address[i] = (byte) part;
    }
    return Optional.of(address);
  }

  private static Optional<byte[]> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(bytes -> bytes.length == V6_GROUPS * 2);
    }
    Optional<byte[]> head = groups(text.substring(0, gap));
    Optional<byte[]> tail = groups(text.substring(gap + 2));
    if (head.isEmpty()
        || tail.isEmpty()
        || head.get().length + tail.get().length > (V6_GROUPS - 1) * 2) {
      return Optional.empty();
    }
    byte[] address = Arrays.copyOf(head.get(), V6_GROUPS * 2);
    byte[] end = tail.get();
    System.arraycopy(end, 0, address, address.length - end.length, end.length);
    return Optional.of(address);
  }

  /** Returns the bytes of groups between colons, the last of which may be an IPv4 address. */
  private static Optional<byte[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    String[] groups = text.split(":", -1);
    byte[] bytes = new byte[groups.length * 2 + 2];
    int length = 0;
    for (int i = 0; i < groups.length; i++) {
      boolean isLast = i + 1 == groups.length;
      Optional<byte[]> part =
          isLast && groups[i].indexOf('.') >= 0 ? parseV4(groups[i]) : group(groups[i]);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      System.arraycopy(part.get(), 0, bytes, length, part.get().length);
      length += part.get().length;
    }
    return Optional.of(Arrays.copyOf(bytes, length));
  }

  private static Optional<byte[]> group(String text) {
    if (!GROUP.matcher(text).matches()) {
      return Optional.empty();
    }
    int value = Integer.parseInt(text, 16);
    return Optional.of(new byte[] {(byte) (value >> Byte.SIZE), (byte) value});
  }

  private static byte[] normal(byte[] v6) {
    for (int i = 0; i < V4_OFFSET_IN_V6; i++) {
      int expected = i < V4_OFFSET_IN_V6 - 2 ? 0 : 0xFF;
      if ((v6[i] & 0xFF) != expected) {
        return v6;
      }
    }
    return Arrays.copyOfRange(v6, V4_OFFSET_IN_V6, v6.length);
  }
}
