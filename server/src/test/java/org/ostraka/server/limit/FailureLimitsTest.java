package org.ostraka.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often senders may fail, with a clock that the test moves. */
final class FailureLimitsTest {
  private final AtomicLong nanos = new AtomicLong(-7);
  private final FailureLimits limits = new FailureLimits(nanos::get, 42);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private int triesUntilRefused(InetAddress from) {
    int tries = 0;
    while (limits.mayTryUnknownKey(from)) {
      limits.countUnknownKey(from);
      tries++;
    }
    return tries;
  }

  @Test
  void aScanIsRefusedAfterItsFirstFailuresAndThenGoesOnSlowly() {
    InetAddress scanner = address("192.0.2.1");
    assertThat(triesUntilRefused(scanner)).isEqualTo(50);
    pass(Duration.ofSeconds(1));
    assertThat(triesUntilRefused(scanner)).isEqualTo(10);
    pass(Duration.ofMillis(99));
    assertThat(triesUntilRefused(scanner)).isZero();
    pass(Duration.ofHours(1));
    assertThat(triesUntilRefused(scanner)).isEqualTo(50);
  }

  @Test
  void attemptsThatAreNotLookedAtDoNotProlongTheWaiting() {
    InetAddress scanner = address("192.0.2.1");
    for (int i = 0; i < 100_000; i++) {
      limits.countUnknownKey(scanner);
    }
    pass(Duration.ofMillis(100));
    assertThat(limits.mayTryUnknownKey(scanner)).isTrue();
  }

  @Test
  void othersAreNotConcerned() {
    triesUntilRefused(address("192.0.2.1"));
    assertThat(limits.mayTryUnknownKey(address("192.0.2.2"))).isTrue();
    assertThat(limits.mayVerify(address("192.0.2.1"), "AKIDGOOD")).isTrue();
  }

  @Test
  void theFailuresOfOneKeyDoNotCountForAnotherOrForAnotherAddress() {
    InetAddress from = address("192.0.2.1");
    for (int i = 0; i < 20; i++) {
      assertThat(limits.mayVerify(from, "AKIDATTACKED")).isTrue();
      limits.countWrongSignature(from, "AKIDATTACKED");
    }
    assertThat(limits.mayVerify(from, "AKIDATTACKED")).isFalse();
    assertThat(limits.mayVerify(from, "AKIDGOOD")).isTrue();
    assertThat(limits.mayVerify(address("192.0.2.2"), "AKIDATTACKED")).isTrue();
    pass(Duration.ofMillis(200));
    assertThat(limits.mayVerify(from, "AKIDATTACKED")).isTrue();
  }

  @Test
  void addressesOfOneNetworkInIpv6CountTogether() {
    triesUntilRefused(address("2001:db8:1:2::1"));
    assertThat(limits.mayTryUnknownKey(address("2001:db8:1:2:ffff::9"))).isFalse();
    assertThat(limits.mayTryUnknownKey(address("2001:db8:1:3::1"))).isTrue();
  }

  @Test
  void bodiesOfExcessiveSizeAreCounted() {
    InetAddress from = address("192.0.2.1");
    for (int i = 0; i < 30; i++) {
      assertThat(limits.maySendLargeBody(from)).isTrue();
      limits.countOversized(from);
    }
    assertThat(limits.maySendLargeBody(from)).isFalse();
    pass(Duration.ofMillis(500));
    assertThat(limits.maySendLargeBody(from)).isTrue();
  }

  @Test
  void millionsOfAddressesNeitherFillTheTableNorLockOthersOut() {
    Random random = new Random(20_261_128);
    for (int i = 0; i < 2_000_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      limits.countUnknownKey(byAddress(bytes));
    }
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      refused += limits.mayTryUnknownKey(byAddress(bytes)) ? 0 : 1;
    }
    assertThat(refused).isZero();
  }

  private static InetAddress byAddress(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
