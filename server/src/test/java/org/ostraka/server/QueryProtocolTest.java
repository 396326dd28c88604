package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.load.Room;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/**
 * Requests of IAM and STS beside those of DynamoDB. Sources of the answers: the pages "Common
 * errors" and "GetCallerIdentity" of the AWS STS API Reference; jrl84/amazon-sp-api issue 218
 * (InvalidClientTokenId), hashicorp/vault issue 4939 (IncompleteSignature with status 400), aws-cli
 * issue 37 (InvalidAction), okta-awscli pull request 145 (media type, status 403).
 */
final class QueryProtocolTest {
  private static final Instant NOW = Instant.parse("2026-10-09T00:00:00Z");
  private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";
  private static final SignedForm ROOT = SignedForm.of("AKIDROOT", "secret-of-AKIDROOT", "sts");

  private final ServerInMemory server =
      ServerInMemory.start(
          Map.of("root-key", "AKIDROOT", "account", "123456789012", "region", "eu-central-1"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theRootLearnsWhoItIsInEveryRegion() {
    HttpResponse response = server.respond(ROOT.post(IDENTITY, NOW));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentType()).isEqualTo("text/xml");
    assertThat(ServerInMemory.text(response.body()))
        .isEqualTo(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>"
                + "<UserId>123456789012</UserId><Account>123456789012</Account>"
                + "</GetCallerIdentityResult><ResponseMetadata><RequestId>"
                + response.headers().get("x-amzn-RequestId")
                + "</RequestId></ResponseMetadata></GetCallerIdentityResponse>\n");
  }

  @Test
  void aWrongSecretIsRefused() {
    assertRefused(
        SignedForm.of("AKIDROOT", "another", "sts").post(IDENTITY, NOW),
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertRefused(
        SignedForm.of("AKIDNONE", "another", "sts").post(IDENTITY, NOW),
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.");
  }

  @Test
  void aChangedBodyIsRefused() {
    HttpRequest signed = ROOT.post(IDENTITY, NOW);
    byte[] other = "Action=GetCallerIdentity&Version=2011-06-15&".getBytes(StandardCharsets.UTF_8);
    assertRefused(
        new HttpRequest(
            "POST", "/", Optional.empty(), signed.headers(), other, other, Room.ENDLESS),
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated");
  }

  @Test
  void aLateClockIsRefused() {
    assertRefused(
        ROOT.post(IDENTITY, NOW.minus(Duration.ofMinutes(6))),
        403,
        "SignatureDoesNotMatch",
        "Signature expired: 20261008T235400Z is now earlier than 20261008T235500Z");
  }

  @Test
  void aScopeOfAnotherServiceIsNotServedByThisProtocol() {
    HttpResponse response =
        server.respond(ROOT.withScope("us-east-1/dynamodb").post(IDENTITY, NOW));
    assertThat(response.status()).isEqualTo(404);
    assertThat(ServerInMemory.text(response.body())).isEqualTo("<UnknownOperationException/>\n");
  }

  @Test
  void aRequestWithoutSignatureIsRefused() {
    assertRefused(
        SignedForm.unsigned(IDENTITY),
        403,
        "MissingAuthenticationToken",
        "Request is missing Authentication Token");
  }

  @Test
  void aFormThatNamesNoVersionIsNotOfThisProtocol() {
    HttpResponse response = server.respond(SignedForm.unsigned("Action=GetCallerIdentity"));
    assertThat(response.status()).isEqualTo(404);
  }

  @Test
  void operationsAndVersionsThatDoNotExistAreRefused() {
    assertRefused(
        ROOT.post("Action=MakeTea&Version=2011-06-15", NOW),
        400,
        "InvalidAction",
        "Could not find operation MakeTea for version 2011-06-15");
    assertRefused(
        ROOT.post("Action=GetCallerIdentity&Version=2010-05-08", NOW),
        400,
        "InvalidAction",
        "Could not find operation GetCallerIdentity for version 2010-05-08");
    assertRefused(
        ROOT.post("Action=GetCallerIdentity", NOW),
        400,
        "InvalidAction",
        "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED");
    assertRefused(ROOT.post("Version=2011-06-15", NOW), 400, "MissingAction", "Missing Action");
  }

  @Test
  void anUnknownParameterIsRefused() {
    assertRefused(
        ROOT.post(IDENTITY + "&Colour=%3Cred%3E", NOW),
        400,
        "ValidationError",
        "Colour is not supported by this version of Ostraka");
  }

  @Test
  void aBrokenEscapeIsRefused() {
    assertRefused(
        ROOT.post(IDENTITY + "&A=%zz", NOW), 404, "MalformedQueryString", "The query string");
  }

  @Test
  void aGetWithAnActionIsAQueryAndTheRootIsTheHealthLine() {
    HttpResponse query = server.respond(get(IDENTITY));
    assertThat(query.status()).isEqualTo(403);
    assertThat(ServerInMemory.text(query.body())).contains("MissingAuthenticationToken");
    HttpResponse health = server.respond(get("a=b"));
    assertThat(health.status()).isEqualTo(200);
    assertThat(ServerInMemory.text(health.body())).startsWith("healthy: ");
  }

  @Test
  void aVeryLongFormIsRefused() {
    assertRefused(
        ROOT.post(IDENTITY + "&A=" + "a".repeat(600_000), NOW),
        400,
        "ValidationError",
        "A request has 524288 bytes at most");
  }

  private static HttpRequest get(String query) {
    byte[] nothing = new byte[0];
    return new HttpRequest(
        "GET",
        "/",
        Optional.of(query),
        HttpHeaders.of("Host", "localhost"),
        nothing,
        nothing,
        Room.ENDLESS);
  }

  private void assertRefused(HttpRequest request, int status, String code, String message) {
    HttpResponse response = server.respond(request);
    String text = ServerInMemory.text(response.body());
    assertThat(response.status()).as(text).isEqualTo(status);
    assertThat(text)
        .startsWith(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                + "<Type>Sender</Type><Code>"
                + code
                + "</Code><Message>"
                + message)
        .endsWith(
            "</Message></Error><RequestId>"
                + response.headers().get("x-amzn-RequestId")
                + "</RequestId></ErrorResponse>\n");
  }
}
