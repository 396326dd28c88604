package org.ostraka.voting.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the claims of a token say, in the types that providers give them. */
final class VerifiedTokenTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z"));
  private static final long EXPIRES = CLOCK.instant().plusSeconds(60).getEpochSecond();

  private final IssuerKey issuer = IssuerKey.make("https://issuer", "vote", CLOCK);
  private final VoterTokens tokens =
      new VoterTokens(issuer.publicSet(), "https://issuer", "vote", CLOCK);

  /**
   * An attribute of a Cognito user pool is a text, whatever its type is; groups are a list.
   * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html
   * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
   */
  @Test
  void claimsAsCognitoWritesThemHaveValues() throws Exception {
    VerifiedToken token =
        verified(
            """
            "custom:district": "north", "custom:age": "42", "custom:member": "true",
            "cognito:groups": ["citizens", "clerks"], "email_verified": true,
            "address": {"country": "GR"}, "auth_time": 1500009400
            """);
    assertThat(token.values("custom:district")).containsExactly("north");
    assertThat(token.values("custom:age")).containsExactly("42");
    assertThat(token.values("custom:member")).containsExactly("true");
    assertThat(token.values("cognito:groups")).containsExactly("citizens", "clerks");
    assertThat(token.values("email_verified")).containsExactly("true");
    assertThat(token.values("auth_time")).containsExactly("1500009400");
    assertThat(token.values("address")).isEmpty();
    assertThat(token.values("country")).isEmpty();
    assertThat(token.values("sub")).containsExactly("voter-1");
    assertThat(token.values("aud")).containsExactly("vote");
  }

  @Test
  void aTextIsOneValueAndIsNotChanged() throws Exception {
    VerifiedToken token =
        verified("\"a\": \"north south\", \"b\": \" north\", \"c\": \"\", \"d\": \"no\\u0072th\"");
    assertThat(token.values("a")).containsExactly("north south");
    assertThat(token.values("b")).containsExactly(" north");
    assertThat(token.values("c")).containsExactly("");
    assertThat(token.values("d")).containsExactly("north");
    assertThat(token.values("A")).isEmpty();
  }

  @Test
  void whatIsNeitherTextNorExactHasNoValue() throws Exception {
    VerifiedToken token =
        verified(
            """
            "real": 1.5, "point": 1.0, "power": 1e2, "large": 9223372036854775808,
            "largest": 9223372036854775807, "nothing": null, "empty": [], "object": {"a": "north"},
            "mixed": [null, "north", 7, true, 1.5, ["south"], {"a": "west"}]
            """);
    for (String claim : List.of("real", "point", "power", "large", "nothing", "empty", "object")) {
      assertThat(token.values(claim)).as(claim).isEmpty();
    }
    assertThat(token.values("largest")).containsExactly("9223372036854775807");
    assertThat(token.values("mixed")).containsExactly("north", "7", "true");
    assertThat(token.values("exp")).as("a time").isEmpty();
  }

  /**
   * "JWT parsers MUST either reject JWTs with duplicate Claim Names or" take the last: RFC 7519, 4.
   */
  @Test
  void aTokenThatHasAClaimTwiceIsNotValid() throws Exception {
    assertThat(verify("\"district\": \"north\", \"district\": \"south\"")).isEmpty();
    assertThat(verify("\"district\": \"north\", \"d\\u0069strict\": \"north\"")).isEmpty();
    assertThat(verify("\"sub\": \"voter-2\"")).isEmpty();
  }

  @Test
  void aLargeListHasAllItsValues() throws Exception {
    String members =
        IntStream.range(0, 10_000)
            .mapToObj(member -> "\"group-" + member + "\"")
            .collect(Collectors.joining(","));
    String text = "x".repeat(100_000);
    VerifiedToken token = verified("\"groups\": [" + members + "], \"text\": \"" + text + "\"");
    assertThat(token.values("groups")).hasSize(10_000).endsWith("group-9999");
    assertThat(token.values("text")).containsExactly(text);
  }

  @Test
  void anIssuerGivesTokensWithClaims() {
    Set<String> groups = new LinkedHashSet<>(List.of("citizens", "clerks"));
    IssuerKey generous =
        issuer.withClaims(Map.of("custom:district", Set.of("north"), "cognito:groups", groups));
    VerifiedToken token = tokens.verify(generous.token("voter-1")).orElseThrow();
    assertThat(token.subject()).isEqualTo("voter-1");
    assertThat(token.values("custom:district")).containsExactly("north");
    assertThat(token.values("cognito:groups")).containsExactlyInAnyOrder("citizens", "clerks");
    assertThat(tokens.verify(issuer.token("voter-1")).orElseThrow().values("custom:district"))
        .isEmpty();
    for (String own : List.of("sub", "iss", "aud", "exp")) {
      assertThatThrownBy(() -> issuer.withClaims(Map.of(own, Set.of("x"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("each token has its own sub, iss, aud and exp");
    }
  }

  private VerifiedToken verified(String claims) throws Exception {
    return verify(claims).orElseThrow();
  }

  /** Verifies a token whose payload is written by hand, as only some issuers write it. */
  private Optional<VerifiedToken> verify(String claims) throws Exception {
    String payload =
        "{\"sub\":\"voter-1\",\"iss\":\"https://issuer\",\"aud\":\"vote\",\"exp\":%d,%s}"
            .formatted(EXPIRES, claims);
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(), new Payload(payload));
    token.sign(new ECDSASigner(ECKey.parse(issuer.secret())));
    return tokens.verify(token.serialize());
  }
}
