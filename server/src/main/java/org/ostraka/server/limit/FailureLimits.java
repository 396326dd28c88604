package org.ostraka.server.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows senders whose requests fail: the first failures have no consequence, after that a bounded
 * number of attempts in a second is looked at (decision 39). Any thread.
 *
 * <p>An address in IPv6 counts by its first 64 bits, since a client may choose the rest (RFC 4291).
 */
public final class FailureLimits {
  /**
   * A scan is noticed after so many requests with unknown keys, and then may fail 10 in a second.
   */
  private static final int UNKNOWN_KEYS = 50;

  private static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofMillis(100);

  /** A key that is known may fail so often from one address, and then 5 times in a second. */
  private static final int WRONG_SIGNATURES = 20;

  private static final Duration WRONG_SIGNATURE_INTERVAL = Duration.ofMillis(200);

  /**
   * An address may send so many requests that are malformed or of excessive size, and then two in a
   * second.
   */
  private static final int OVERSIZED = 30;

  private static final Duration OVERSIZED_INTERVAL = Duration.ofMillis(500);
  private static final int IPV4_BYTES = 4;

  private final DecayingCounters unknownKeys;
  private final DecayingCounters wrongSignatures;
  private final DecayingCounters oversized;

  /**
   * Makes limits under which nobody has failed yet.
   *
   * @param nanoClock the clock, such as {@code System::nanoTime}
   * @param seed a random number that clients do not know
   */
  public FailureLimits(LongSupplier nanoClock, long seed) {
    unknownKeys = new DecayingCounters(UNKNOWN_KEYS, UNKNOWN_KEY_INTERVAL, nanoClock, seed);
    wrongSignatures =
        new DecayingCounters(WRONG_SIGNATURES, WRONG_SIGNATURE_INTERVAL, nanoClock, seed);
    oversized = new DecayingCounters(OVERSIZED, OVERSIZED_INTERVAL, nanoClock, seed);
  }

  /** Returns whether a request from this address without a known access key may be looked at. */
  public boolean mayTryUnknownKey(InetAddress from) {
    return unknownKeys.isFree(bits(from));
  }

  /** Counts a request that was not signed, or with a key that nobody has. */
  public void countUnknownKey(InetAddress from) {
    unknownKeys.add(bits(from));
  }

  /** Returns whether the signature of a known access key may be verified. */
  public boolean mayVerify(InetAddress from, String accessKeyId) {
    return wrongSignatures.isFree(bits(from, accessKeyId));
  }

  /** Counts a signature that was refused. */
  public void countWrongSignature(InetAddress from, String accessKeyId) {
    wrongSignatures.add(bits(from, accessKeyId));
  }

  /** Returns whether an address may send large bodies. */
  public boolean maySendLargeBody(InetAddress from) {
    return oversized.isFree(bits(from));
  }

  /** Counts a request that was too large or malformed. */
  public void countOversized(InetAddress from) {
    oversized.add(bits(from));
  }

  private static long bits(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV4_BYTES
        ? ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL
        : ByteBuffer.wrap(bytes).getLong();
  }

  private static long bits(InetAddress address, String accessKeyId) {
    return bits(address) * 0x9e37_79b9_7f4a_7c15L + hash(accessKeyId);
  }

  /** Returns 64 bits of a text (FNV-1a); those of String are too few to tell keys apart. */
  private static long hash(String text) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100_0000_01b3L;
    }
    return hash;
  }
}
