package org.ostraka.voting.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A voter's token with a valid signature. Immutable. */
public final class VerifiedToken {
  private final String subject;
  private final JWTClaimsSet claims;

  VerifiedToken(String subject, JWTClaimsSet claims) {
    this.subject = subject;
    this.claims = claims;
  }

  /** Returns the voter, or the operator. */
  public String subject() {
    return subject;
  }

  JWTClaimsSet claims() {
    return claims;
  }

  /**
   * Returns the values of a claim; none when the token does not have it.
   *
   * <p>A text is one value, also when it has spaces in it. A list has the values of its members.
   * Truth values are {@code true} and {@code false}; whole numbers of up to 64 bits are their
   * digits. Other numbers, which a parser may round, and objects have no value.
   */
  public Stream<String> values(String claim) {
    Object value = claims.getClaim(claim);
    return value instanceof Collection<?> members
        ? members.stream().flatMap(VerifiedToken::value)
        : value(value);
  }

  private static Stream<String> value(@Nullable Object value) {
    return switch (value) {
      case String text -> Stream.of(text);
      case Boolean truth -> Stream.of(truth.toString());
      case Long number -> Stream.of(number.toString());
      case null, default -> Stream.empty();
    };
  }
}
