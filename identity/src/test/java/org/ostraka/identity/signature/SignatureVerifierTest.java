package org.ostraka.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ExpiredTokenException;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.MissingAuthenticationTokenException;
import org.ostraka.model.error.UnrecognizedClientException;

/**
 * The refusals of signatures, their texts and their order. Sources, beside the dates that tests
 * name: dynalite 4.0.0 index.js, whose comments have the service's answers of 2013 and their order;
 * aws-sdk-js issues 254 (2014) and 2565 (2019: a date in the future, on DynamoDB), aws-sdk-js-v3
 * issue 7605 (2025: five minutes on DynamoDB), aws-sdk-php issue 2469 (2022: the host, on
 * DynamoDB), vibe-aws issue 1 (2017: the mismatch, on DynamoDB), guregu/dynamo issue 68 (2018: the
 * expired token).
 */
final class SignatureVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.5Z");
  private static final String TIME = "20261128T120000Z";
  private static final String SCOPE = "20261128/eu-central-1/dynamodb/aws4_request";
  private static final String SIGNED_HEADERS = "host;x-amz-date;x-amz-target";
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your AWS"
          + " Secret Access Key and signing method. Consult the service documentation for details.";
  private static final ServedScopes SERVED =
      new ServedScopes(Set.of(new Region("eu-central-1")), List.of("dynamodb"));

  private final SignatureVerifier verifier =
      new SignatureVerifier(TestKeys::find, InstantSource.fixed(NOW));

  @Test
  void theKeyAndTheRegionOfTheSignatureAreReturned() {
    Signer signer = verifier.verify(request(header("AKIA", TIME), TIME, ""), SERVED);
    assertThat(signer.key().id()).isEqualTo("AKIA");
    assertThat(signer.region()).isEqualTo(new Region("eu-central-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer abc", "aws4-hmac-sha256 Credential=x", "AWS AKIA:sig"})
  void otherSchemesAreNoToken(String header) {
    assertRefused(
        request(header, TIME, ""),
        MissingAuthenticationTokenException.class,
        "Request is missing Authentication Token");
  }

  @Test
  void aSignatureIsInTheHeaderOrInTheQueryButNotInBoth() {
    SignedRequest both = request(header("AKIA", TIME), TIME, "X-Amz-Algorithm=AWS4-HMAC-SHA256");
    assertRefused(
        both,
        InvalidSignatureException.class,
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ,", "AWS4-HMAC-SHA256 Credential=,,"})
  void missingParametersOfTheHeaderAreListed(String header) {
    assertRefused(
        request(header, TIME, ""),
        IncompleteSignatureException.class,
        "Authorization header requires 'Credential' parameter. Authorization header requires"
            + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
            + " Authorization="
            + header);
  }

  @Test
  void aMissingDateIsListedLast() {
    String header = "AWS4-HMAC-SHA256 Credential=AKIA/" + SCOPE + ", Signature=a";
    assertRefused(
        RequestText.parse("POST / HTTP/1.1\nHost:localhost\nAuthorization:" + header),
        IncompleteSignatureException.class,
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires"
            + " existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
            + header);
  }

  /** Blanks separate parameters as well: awslabs/fhir-works-on-aws-deployment issue 379, 2021. */
  @Test
  void partsWithoutAnEqualSignAreNamed() {
    assertRefused(
        request("AWS4-HMAC-SHA256 Credential=a /b, Signature=c", TIME, ""),
        IncompleteSignatureException.class,
        "'/b' not a valid key=value pair (missing equal-sign) in Authorization header:"
            + " 'AWS4-HMAC-SHA256 Credential=a /b, Signature=c'.");
  }

  /** The texts are those of dynalite 4.0.0, index.js. */
  @Test
  void missingParametersOfTheQueryAreListed() {
    assertRefused(
        RequestText.parse(
            "POST /?X-Amz-Algorithm=&X-Amz-Credential=a&X-Amz-SignedHeaders=b HTTP/1.1\nHost:x"),
        IncompleteSignatureException.class,
        "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters"
            + " must include 'X-Amz-Signature'. AWS query-string parameters must include"
            + " 'X-Amz-Date'. Re-examine the query-string parameters.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "201",
        "20261328T120000Z",
        "2026-11-28T12:00:00Z",
        "20261128T120000z",
        "+0261128T120000Z"
      })
  void aDateHasTheBasicFormat(String time) {
    assertRefused(
        request(header("AKIA", TIME), time, ""),
        IncompleteSignatureException.class,
        "Date must be in ISO-8601 'basic format'. Got '"
            + time
            + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }

  /** Fractions of a second count: aws-sdk-net issue 1506, 2020, shows two equal times. */
  @ParameterizedTest
  @CsvSource({
    "20261128T115500Z, Signature expired: 20261128T115500Z is now earlier than 20261128T115500Z"
        + " (20261128T120000Z - 5 min.)",
    "20261128T120501Z, Signature not yet current: 20261128T120501Z is still later than"
        + " 20261128T120500Z (20261128T120000Z + 5 min.)"
  })
  void clocksDifferByFiveMinutesAtMost(String time, String message) {
    assertRefused(
        request(header("AKIA", time), time, ""), InvalidSignatureException.class, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20261128T115501Z", "20261128T120500Z"})
  void smallerDifferencesAreAccepted(String time) {
    assertThat(verifier.verify(request(header("AKIA", time), time, ""), SERVED).key().id())
        .isEqualTo("AKIA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x-amz-target", "hosts"})
  void theHostHasToBeSigned(String names) {
    String header =
        "AWS4-HMAC-SHA256 Credential=AKIA/" + SCOPE + ", SignedHeaders=" + names + ", Signature=0";
    assertRefused(
        request(header, TIME, ""),
        InvalidSignatureException.class,
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }

  /** The IAM User Guide demands it of every x-amz header; the service's text is not known. */
  @Test
  void theTargetHasToBeSigned() {
    String header =
        "AWS4-HMAC-SHA256 Credential=AKIA/" + SCOPE + ", SignedHeaders=Host, Signature=0";
    assertRefused(
        request(header, TIME, ""),
        InvalidSignatureException.class,
        "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void otherAlgorithmsAreNamed() {
    assertRefused(
        request(header("AKIA", TIME).replace("HMAC", "ECDSA-P256"), TIME, ""),
        IncompleteSignatureException.class,
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIA", "a/b/c/d", "a/b/c/d/e/f", "/////"})
  void aScopeHasFiveParts(String scope) {
    assertRefused(
        request(header("AKIA", TIME).replace("AKIA/" + SCOPE, scope), TIME, ""),
        IncompleteSignatureException.class,
        "Credential must have exactly 5 slash-delimited elements, e.g."
            + " keyid/date/region/service/term, got '"
            + scope
            + "'");
  }

  @Test
  void slashesAfterACredentialAreIgnored() {
    String header = header("AKIA", TIME).replace(SCOPE, SCOPE + "//");
    assertThat(verifier.verify(request(header, TIME, ""), SERVED).key().id()).isEqualTo("AKIA");
  }

  @Test
  void everyProblemOfAScopeIsListed() {
    assertRefused(
        request(
            header("AKIA", TIME).replace(SCOPE, "20261127/us-east-1/s3/aws3_request"), TIME, ""),
        InvalidSignatureException.class,
        "Credential should be scoped to a valid region, not 'us-east-1'. Credential should be scoped"
            + " to correct service: 'dynamodb'. Credential should be scoped with a valid terminator:"
            + " 'aws4_request', not 'aws3_request'. Date in Credential scope does not match YYYYMMDD"
            + " from ISO-8601 version of date from HTTP: '20261127' != '20261128', from"
            + " '20261128T120000Z'.");
  }

  @Test
  void anUnknownKeyIsRefusedBeforeItsSignature() {
    assertRefused(
        request(header("unknown", TIME), TIME, ""),
        UnrecognizedClientException.class,
        "The security token included in the request is invalid.");
  }

  @Test
  void aMismatchShowsWhatShouldHaveBeenSigned() {
    SignedRequest request =
        request(
            header("AKIA", TIME).replaceFirst("Signature=.*", "Signature=" + "0".repeat(64)),
            TIME,
            "");
    String canonical = canonical(TIME, "");
    assertRefused(
        request,
        InvalidSignatureException.class,
        MISMATCH
            + "\n\nThe Canonical String for this request should have been\n'"
            + canonical
            + "'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n"
            + TIME
            + "\n"
            + SCOPE
            + "\n"
            + Signed.sha256(canonical)
            + "'\n");
  }

  /** The hash is always that of the body, so nothing else can be signed in its place. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
      })
  void aBodyHasToBeSigned(String payload) {
    String names = "host;x-amz-content-sha256";
    String canonical =
        "POST\n/\n\nhost:localhost:8000\nx-amz-content-sha256:%s\n\n%s\n%s"
            .formatted(payload, names, payload);
    String header =
        "AWS4-HMAC-SHA256 Credential=AKIA/%s, SignedHeaders=%s, Signature=%s"
            .formatted(SCOPE, names, Signed.signature("AKIA", TIME, SCOPE, canonical));
    SignedRequest request =
        RequestText.parse(
            "POST / HTTP/1.1\nHost:localhost:8000\nX-Amz-Date:%s\nX-Amz-Content-Sha256:%s\n"
                    .formatted(TIME, payload)
                + "Authorization:"
                + header
                + "\n\n{}");
    assertThatThrownBy(() -> verifier.verify(request, SERVED))
        .isInstanceOf(InvalidSignatureException.class)
        .hasMessageStartingWith(MISMATCH);
  }

  @Test
  void aSessionNeedsItsToken() {
    String header = header("ASIA", TIME);
    assertRefused(
        request(header, TIME, ""),
        UnrecognizedClientException.class,
        "The security token included in the request is invalid.");
    assertRefused(
        request(header, TIME, "", "X-Amz-Security-Token:token of another"),
        UnrecognizedClientException.class,
        "The security token included in the request is invalid");
    assertThat(
            verifier
                .verify(request(header, TIME, "", "X-Amz-Security-Token:token of ASIA"), SERVED)
                .key()
                .id())
        .isEqualTo("ASIA");
  }

  @Test
  void aKeyWithoutASessionHasNoToken() {
    assertRefused(
        request(header("AKIA", TIME), TIME, "", "X-Amz-Security-Token:any"),
        UnrecognizedClientException.class,
        "The security token included in the request is invalid");
  }

  @Test
  void aSessionEnds() {
    String time = "20261128T130000Z";
    SignatureVerifier later =
        new SignatureVerifier(TestKeys::find, InstantSource.fixed(TestKeys.END));
    assertThatThrownBy(() ->
            later.verify(
                request(header("ASIA", time), time, "", "X-Amz-Security-Token:token of ASIA"),
                SERVED))
        .isInstanceOf(ExpiredTokenException.class)
        .hasMessage("The security token included in the request is expired");
  }

  @Test
  void theTextOfASignatureIsExact() {
    String header = header("AKIA", TIME);
    int at = header.indexOf("Signature=") + "Signature=".length();
    for (String signature :
        List.of("", header.substring(at, at + 63), header.substring(at).toUpperCase(Locale.ROOT))) {
      assertThatThrownBy(
              () -> verifier.verify(request(header.substring(0, at) + signature, TIME, ""), SERVED))
          .isInstanceOfAny(InvalidSignatureException.class, IncompleteSignatureException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sat, 28 Nov 2026 12:00:00 GMT", "20261128T120000Z"})
  void aDateHeaderTakesThePlaceOfTheOther(String date) {
    String canonical =
        "POST\n/\n\ndate:%s\nhost:localhost:8000\n\ndate;host\n%s"
            .formatted(date, Signed.sha256("{}"));
    SignedRequest request =
        RequestText.parse(
            "POST / HTTP/1.1\nHost:localhost:8000\nDate: %s\n".formatted(date)
                + "Authorization:AWS4-HMAC-SHA256 Credential=AKIA/%s, SignedHeaders=date;host, Signature=%s\n\n{}"
                    .formatted(SCOPE, Signed.signature("AKIA", TIME, SCOPE, canonical)));
    assertThat(verifier.verify(request, SERVED).key().id()).isEqualTo("AKIA");
  }

  @ParameterizedTest
  @CsvSource({
    // An hour is over; so is the time of clocks that differ; a week is the longest time.
    "20261128T110000Z, 3600, 'Signature expired: 20261128T110000Z is now earlier than"
        + " 20261128T110000Z (20261128T120000Z - 60 min.)'",
    "20261128T115900Z, 30, 'Signature expired: 20261128T115900Z is now earlier than"
        + " 20261128T115930Z (20261128T120000Z - 30 sec.)'",
    "20261128T115500Z, '', 'Signature expired: 20261128T115500Z is now earlier than"
        + " 20261128T115500Z (20261128T120000Z - 5 min.)'",
    "20261128T120501Z, 3600, 'Signature not yet current: 20261128T120501Z is still later than"
        + " 20261128T120500Z (20261128T120000Z + 5 min.)'",
    "20261128T120000Z, 604801, 'X-Amz-Expires must be less than a week (in seconds); that is, the"
        + " given X-Amz-Expires must be less than 604800 seconds'",
    "20261128T120000Z, -1, X-Amz-Expires should be a number",
    "20261128T120000Z, 99999999999999999999, X-Amz-Expires should be a number"
  })
  void aPresignedRequestIsValidForItsTime(String time, String seconds, String message) {
    assertRefused(presigned(time, seconds), InvalidSignatureException.class, message);
  }

  @ParameterizedTest
  @CsvSource({"20261128T110001Z, 3600", "20261121T120001Z, 604800", "20261128T115501Z, ''"})
  void aPresignedRequestIsAcceptedWithinItsTime(String time, String seconds) {
    assertThat(verifier.verify(presigned(time, seconds), SERVED).key().id()).isEqualTo("AKIA");
  }

  @Test
  void aNewSecretCountsAtOnceUnderTheSameId() {
    AtomicReference<String> secret = new AtomicReference<>(TestKeys.secret("AKIA"));
    SignatureVerifier changing =
        new SignatureVerifier(
            (id, _) ->
                Optional.of(
                    new AccessKey(
                        id,
                        new Principal.AccessKey(id),
                        new AccountId("123456789012"),
                        new Secret(secret.get()),
                        Optional.empty())),
            InstantSource.fixed(NOW));
    SignedRequest request = request(header("AKIA", TIME), TIME, "");
    assertThat(changing.verify(request, SERVED).key().id()).isEqualTo("AKIA");
    secret.set("another");
    assertThatThrownBy(() -> changing.verify(request, SERVED))
        .isInstanceOf(InvalidSignatureException.class);
  }

  @Test
  void namesOfHeadersAreSignedInOrderOnceAndInLowerCase() {
    String header =
        header("AKIA", TIME)
            .replace(SIGNED_HEADERS, "X-Amz-Target;Host;x-amz-date;host;x-amz-target;;");
    assertThat(verifier.verify(request(header, TIME, ""), SERVED).key().id()).isEqualTo("AKIA");
  }

  @Test
  void noTextOfASecretIsShown() {
    AccessKey key = TestKeys.find("ASIA", Optional.empty()).orElseThrow();
    assertThat(key.toString()).doesNotContain("secret of").doesNotContain("token of");
  }

  private static String canonical(String time, String query) {
    return "POST\n/\n%s\nhost:localhost:8000\nx-amz-date:%s\nx-amz-target:DynamoDB_20120810.GetItem\n\n%s\n%s"
        .formatted(query, time, SIGNED_HEADERS, Signed.sha256("{}"));
  }

  private static String header(String keyId, String time) {
    String scope = SCOPE.replace("20261128", time.substring(0, 8));
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            keyId,
            scope,
            SIGNED_HEADERS,
            Signed.signature(keyId, time, scope, canonical(time, "")));
  }

  private static SignedRequest request(String header, String time, String query, String... more) {
    String lines = String.join("\n", more);
    return RequestText.parse(
        "POST /"
            + (query.isEmpty() ? "" : "?" + query)
            + " HTTP/1.1\nHost:localhost:8000\nX-Amz-Date:"
            + time
            + "\nX-Amz-Target:DynamoDB_20120810.GetItem\nAuthorization:"
            + header
            + (lines.isEmpty() ? "" : "\n" + lines)
            + "\n\n{}");
  }

  private static SignedRequest presigned(String time, String seconds) {
    String scope = SCOPE.replace("20261128", time.substring(0, 8));
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F"
            + scope.replace("/", "%2F")
            + "&X-Amz-Date="
            + time
            + (seconds.isEmpty() ? "" : "&X-Amz-Expires=" + seconds)
            + "&X-Amz-SignedHeaders=host";
    String canonical =
        "POST\n/\n%s\nhost:localhost:8000\n\nhost\n%s".formatted(query, Signed.sha256("{}"));
    String signature = Signed.signature("AKIA", time, scope, canonical);
    return new SignedRequest(
        "POST",
        "/",
        query + "&X-Amz-Signature=" + signature,
        name -> name.equalsIgnoreCase("host") ? List.of("localhost:8000") : List.of(),
        "{}".getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(
      SignedRequest request, Class<? extends ApiException> type, String message) {
    assertThatThrownBy(() -> verifier.verify(request, SERVED))
        .isInstanceOf(type)
        .hasMessage(message);
  }
}
