package org.ostraka.voting.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VoterTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Map<String, Object> CLAIMS =
      Map.of(
          "sub",
          "voter-1",
          "iss",
          "https://issuer",
          "aud",
          "vote",
          "exp",
          NOW.plusSeconds(1).getEpochSecond());

  private ECKey key;
  private VoterTokens tokens;

  @BeforeEach
  void makeKey() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    tokens = tokens(new JWKSet(key));
  }

  @Test
  void aTokenNamesItsVoter() throws Exception {
    assertThat(tokens.voter(token(CLAIMS))).contains("voter-1");
  }

  @Test
  void aTokenThatIsRememberedEndsInItsTime() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    VoterTokens remembering =
        new VoterTokens(new JWKSet(key).toString(), "https://issuer", "vote", now::get);
    String token = token(CLAIMS);
    assertThat(remembering.voter(token)).contains("voter-1");
    assertThat(remembering.voter(token)).contains("voter-1");
    assertThat(remembering.voter(token + "A")).isEmpty();
    now.set(NOW.plusSeconds(1));
    assertThat(remembering.voter(token)).isEmpty();
  }

  @Test
  void eachClaimIsNeeded() throws Exception {
    for (String claim : CLAIMS.keySet()) {
      Map<String, Object> fewer = new HashMap<>(CLAIMS);
      fewer.remove(claim);
      assertThat(tokens.voter(token(fewer))).as(claim).isEmpty();
    }
    assertThat(tokens.voter(token(with("iss", "https://another")))).isEmpty();
    assertThat(tokens.voter(token(with("aud", "another")))).isEmpty();
    assertThat(tokens.voter(token(with("exp", NOW.getEpochSecond())))).isEmpty();
    assertThat(tokens.voter(token(with("nbf", NOW.plusSeconds(1).getEpochSecond())))).isEmpty();
    assertThat(tokens.voter(token(with("sub", "two words")))).isEmpty();
  }

  @Test
  void anotherKeyAndAChangedTokenAreRefused() throws Exception {
    String token = token(CLAIMS);
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    assertThat(tokens(new JWKSet(other)).voter(token)).isEmpty();
    String[] parts = token.split("[.]");
    String changed = base64("{\"sub\":\"voter-2\"}");
    assertThat(tokens.voter(parts[0] + "." + changed + "." + parts[2])).isEmpty();
  }

  @Test
  void aKeyThatTheProviderDoesNotHaveIsRefused() throws Exception {
    assertThat(tokens.voter(token(CLAIMS, "2"))).isEmpty();
  }

  @Test
  void oneOfTheProvidersKeysIsEnough() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    for (List<JWK> keys : List.of(List.<JWK>of(key, other), List.<JWK>of(other, key))) {
      assertThat(tokens(new JWKSet(keys)).voter(token(CLAIMS))).contains("voter-1");
    }
  }

  @Test
  void anAlgorithmThatNobodyKnowsIsRefusedAndDoesNotFail() throws Exception {
    for (String algorithm : new String[] {"none", "XX512", "HS256"}) {
      String header = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"1\"}");
      String claims = base64(JWTClaimsSet.parse(CLAIMS).toString());
      String token = header + "." + claims + "." + base64("signature");
      assertThat(tokens.voter(token)).as(algorithm).isEqualTo(Optional.empty());
    }
  }

  private static Map<String, Object> with(String claim, Object value) {
    Map<String, Object> changed = new HashMap<>(CLAIMS);
    changed.put(claim, value);
    return changed;
  }

  private String token(Map<String, Object> claims) throws Exception {
    return token(claims, "1");
  }

  private String token(Map<String, Object> claims, String keyId) throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build();
    SignedJWT token = new SignedJWT(header, JWTClaimsSet.parse(claims));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private static VoterTokens tokens(JWKSet keys) {
    return new VoterTokens(keys.toString(), "https://issuer", "vote", InstantSource.fixed(NOW));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
