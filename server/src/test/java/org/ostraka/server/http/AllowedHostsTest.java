package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request may name the loopback interface and the hosts that the operator names. */
final class AllowedHostsTest {
  private static final AllowedHosts NAMED =
      new AllowedHosts(Set.of("Votes.example.org", "[fd00::7]"), false);
  private static final AllowedHosts REACHABLE = new AllowedHosts(Set.of("0.0.0.0"), true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8000",
        "LocalHost:8000",
        "dynamodb.localhost:8000",
        "127.0.0.1",
        "127.0.0.1:8000",
        "127.8.9.1:1",
        "[::1]",
        "[::1]:8000",
        "[0:0:0:0:0:0:0:1]:8000"
      })
  void theLoopbackInterfaceMayAlwaysBeNamed(String field) {
    assertThat(AllowedHosts.LOOPBACK.allows(field)).isTrue();
    assertThat(NAMED.allows(field)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8000",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "evillocalhost",
        "127.0.0.1.evil.example",
        "localhost:8000:8000",
        "localhost@evil.example",
        "localhost/",
        "localhost, evil.example",
        " localhost",
        "192.168.1.7:8000",
        "0.0.0.0:8000",
        "[fd00::8]:8000",
        "[::1",
        "::1",
        "[localhost]",
        "[]",
        "[::1]x"
      })
  void anythingElseIsRefused(String field) {
    assertThat(AllowedHosts.LOOPBACK.allows(field)).isFalse();
    assertThat(NAMED.allows(field)).isFalse();
  }

  @Test
  void namedHostsMayBeNamedWithAnyPort() {
    assertThat(NAMED.allows("votes.example.org")).isTrue();
    assertThat(NAMED.allows("VOTES.example.org:443")).isTrue();
    assertThat(NAMED.allows("[fd00::7]:8000")).isTrue();
    assertThat(NAMED.allows("more.votes.example.org")).isFalse();
  }

  @Test
  void aServerThatOtherMachinesReachMayBeNamedByAnyAddress() {
    assertThat(REACHABLE.allows("192.168.1.7:8000")).isTrue();
    assertThat(REACHABLE.allows("[fd00::8]:8000")).isTrue();
    assertThat(REACHABLE.allows("evil.example:8000")).isFalse();
  }

  @Test
  void anAsteriskAllowsEveryName() {
    AllowedHosts any = new AllowedHosts(Set.of(AllowedHosts.ANY), false);
    assertThat(any.allows("evil.example:8000")).isTrue();
  }

  @Test
  void optionsAreNamesOrAddressesWithoutPort() {
    assertThat(Set.of("*", "votes", "Votes.example.org", "192.168.1.7", "[fd00::7]"))
        .allMatch(AllowedHosts::isName);
    assertThat(Set.of("", "votes:8000", "http://votes", "a b", "[x]", "*.example.org", "a..b"))
        .noneMatch(AllowedHosts::isName);
  }
}
