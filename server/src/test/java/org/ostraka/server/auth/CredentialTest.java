package org.ostraka.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.MissingAuthenticationTokenException;

/**
 * Reads Authorization headers and refuses bad ones. The texts are dynalite's, which were measured
 * on the service; whether they are still those of 2026 is not verified.
 */
final class CredentialTest {
  private static final List<String> DYNAMODB = List.of("dynamodb");
  private static final String SCOPE = "AKIA/20260301/eu-central-1/dynamodb/aws4_request";
  private static final String REST = ", SignedHeaders=host;x-amz-date, Signature=abc";

  @Test
  void completeHeaderNamesKeyAndRegion() {
    assertThat(of("AWS4-HMAC-SHA256 Credential=" + SCOPE + REST))
        .isEqualTo(new Credential("AKIA", new Region("eu-central-1")));
    assertThat(of("AWS4-HMAC-SHA256 Signature=a,SignedHeaders=b,Credential=" + SCOPE))
        .isEqualTo(new Credential("AKIA", new Region("eu-central-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer abc", "aws4-hmac-sha256 Credential=x", "AWS AKIA:sig", " "})
  void otherSchemesAreNoToken(String header) {
    assertRefused(
        header,
        MissingAuthenticationTokenException.class,
        "Request is missing Authentication Token");
  }

  @Test
  void partsWithoutAnEqualSignAreNamed() {
    assertRefused(
        "AWS4-HMAC-SHA256 Credential=a, b, Signature=c",
        IncompleteSignatureException.class,
        "'b' not a valid key=value pair (missing equal-sign) in Authorization header:"
            + " 'AWS4-HMAC-SHA256 Credential=a, b, Signature=c'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256 Credential=,,"})
  void missingPartsAreListed(String header) {
    assertRefused(
        header,
        IncompleteSignatureException.class,
        "Authorization header requires 'Credential' parameter. Authorization header requires"
            + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
            + " Authorization="
            + header);
  }

  @Test
  void missingDateIsListedLast() {
    String header = "AWS4-HMAC-SHA256 Credential=" + SCOPE + ", Signature=a";
    assertThatThrownBy(() -> Credential.of(header, false, Set.of(), DYNAMODB))
        .isInstanceOf(IncompleteSignatureException.class)
        .hasMessage(
            "Authorization header requires 'SignedHeaders' parameter. Authorization header requires"
                + " existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
                + header);
  }

  @Test
  void otherAlgorithmsAreNamed() {
    assertRefused(
        "AWS4-ECDSA-P256-SHA256 Credential=" + SCOPE + REST,
        IncompleteSignatureException.class,
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIA", "a/b/c/d", "a/b/c/d/e/f", "/////"})
  void scopeHasFiveParts(String scope) {
    assertRefused(
        "AWS4-HMAC-SHA256 Credential=" + scope + REST,
        IncompleteSignatureException.class,
        "Credential must have exactly 5 slash-delimited elements, e.g."
            + " keyid/date/region/service/term, got '"
            + scope
            + "'");
  }

  @Test
  void everyProblemOfAScopeIsListed() {
    assertRefused(
        "AWS4-HMAC-SHA256 Credential=AKIA/20260301/Mars!/s3/aws3_request" + REST,
        InvalidSignatureException.class,
        "Credential should be scoped to a valid region, not 'Mars!'. Credential should be scoped to"
            + " correct service: 'dynamodb'. Credential should be scoped with a valid terminator:"
            + " 'aws4_request', not 'aws3_request'. ");
  }

  @Test
  void everyNameOfAServiceIsAccepted() {
    String header = "AWS4-HMAC-SHA256 Credential=AKIA/20260301/eu-central-1/%s/aws4_request" + REST;
    List<String> names = List.of("first", "second");
    for (String name : names) {
      assertThat(Credential.of(header.formatted(name), true, Set.of(), names).accessKeyId())
          .isEqualTo("AKIA");
    }
    assertThatThrownBy(() -> Credential.of(header.formatted("dynamodb"), true, Set.of(), names))
        .isInstanceOf(InvalidSignatureException.class)
        .hasMessage("Credential should be scoped to correct service: 'first'. ");
  }

  @Test
  void onlyServedRegionsAreValid() {
    String header = "AWS4-HMAC-SHA256 Credential=" + SCOPE + REST;
    assertThat(Credential.of(header, true, Set.of(new Region("eu-central-1")), DYNAMODB).region())
        .isEqualTo(new Region("eu-central-1"));
    assertThatThrownBy(() -> Credential.of(header, true, Set.of(new Region("us-east-1")), DYNAMODB))
        .isInstanceOf(InvalidSignatureException.class)
        .hasMessage("Credential should be scoped to a valid region, not 'eu-central-1'. ");
  }

  private static Credential of(String header) {
    return Credential.of(header, true, Set.of(), DYNAMODB);
  }

  private static void assertRefused(
      String header, Class<? extends ApiException> type, String message) {
    assertThatThrownBy(() -> of(header)).isInstanceOf(type).hasMessage(message);
  }
}
