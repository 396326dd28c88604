package org.ostraka.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.testkit.random.RandomCase;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * What the signer of the AWS SDK for Java signs is accepted, and refused after any change. Requests
 * are random: path, query, headers, body, key, session, in a header or presigned.
 */
final class SdkSignerTest {
  private static final int RUNS = 2_000;
  private static final Instant NOW = Instant.parse("2026-11-28T12:34:56Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final List<String> REGIONS = List.of("us-east-1", "eu-central-1", "us-gov-west-1");
  private static final String TEXT = "abcXYZ019-._~ /+=&;,'\"()*!%:@$?é€\u00df";

  /**
   * Without a tilde, which this signer alone encodes; the published vector get-unreserved has it.
   */
  private static final String PATH = "abXY01-_";

  private static final String HEADER = "abXY01-._~ \t,;=\"/+";

  @Test
  void whatTheSdkSignsIsAcceptedAndRefusedAfterAChange(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    SignatureVerifier verifier = new SignatureVerifier(TestKeys::find, CLOCK);
    for (int run = 0; run < RUNS; run++) {
      RandomGenerator generator = random.branch(run);
      Sent sent = Sent.signed(generator);
      String region = verifier.verify(sent.request(), sent.served()).region().value();
      assertThat(region).as(random.command()).isEqualTo(sent.region());
      SignedRequest changed = sent.changed(generator);
      assertThatThrownBy(() -> verifier.verify(changed, sent.served()))
          .as("%s, run %d: %s", random.command(), run, changed)
          .isInstanceOf(InvalidSignatureException.class)
          .hasMessageContaining("does not match");
    }
  }

  /** A signed request, as a client sends it. */
  private record Sent(SdkHttpRequest http, byte[] body, String region, boolean presigned) {
    static Sent signed(RandomGenerator random) {
      boolean presigned = random.nextInt(4) == 0;
      byte[] body = text(random, TEXT, 60).getBytes(StandardCharsets.UTF_8);
      String region = REGIONS.get(random.nextInt(REGIONS.size()));
      SdkHttpRequest http =
          AwsV4HttpSigner.create()
              .sign(sign ->
                  sign.identity(identity(random))
                      .request(unsigned(random))
                      .payload(ContentStreamProvider.fromByteArray(body))
                      .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                      .putProperty(HttpSigner.SIGNING_CLOCK, CLOCK)
                      .putProperty(
                          AwsV4FamilyHttpSigner.AUTH_LOCATION,
                          presigned
                              ? AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING
                              : AwsV4FamilyHttpSigner.AuthLocation.HEADER)
                      .putProperty(
                          AwsV4FamilyHttpSigner.EXPIRATION_DURATION,
                          presigned ? Duration.ofHours(1) : null))
              .request();
      return new Sent(http, body, region, presigned);
    }

    private static AwsCredentialsIdentity identity(RandomGenerator random) {
      String id = (random.nextBoolean() ? "AKIA" : "ASIA") + random.nextInt(3);
      return id.startsWith("ASIA")
          ? AwsSessionCredentialsIdentity.create(id, TestKeys.secret(id), TestKeys.token(id))
          : AwsCredentialsIdentity.create(id, TestKeys.secret(id));
    }

    private static SdkHttpRequest unsigned(RandomGenerator random) {
      SdkHttpRequest.Builder http =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.POST)
              .uri(URI.create("http://localhost:8000"))
              .encodedPath(path(random))
              .putHeader("X-Amz-Target", "DynamoDB_20120810.GetItem")
              .putHeader("Content-Type", "application/x-amz-json-1.0");
      for (int i = random.nextInt(3); i > 0; i--) {
        List<String> values = new ArrayList<>();
        for (int j = random.nextInt(3); j >= 0; j--) {
          values.add("v" + text(random, HEADER, 10));
        }
        http.putHeader("X-My-Header" + i, values);
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        http.appendRawQueryParameter("n" + text(random, TEXT, 3), text(random, TEXT, 8));
      }
      return http.build();
    }

    private static String path(RandomGenerator random) {
      StringBuilder path = new StringBuilder("/");
      for (int i = random.nextInt(4); i > 0; i--) {
        path.append(text(random, PATH, 5)).append(random.nextInt(5) == 0 ? "%20/" : "/");
      }
      return path.toString();
    }

    private static String text(RandomGenerator random, String characters, int maxLength) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      return text.toString();
    }

    ServedScopes served() {
      return new ServedScopes(Set.of(), List.of("dynamodb"));
    }

    SignedRequest request() {
      return new SignedRequest(
          http.method().name(),
          http.encodedPath(),
          http.encodedQueryParameters().orElse(""),
          http::matchingHeaders,
          body);
    }

    /** Returns the request with one change that its signature does not cover. */
    SignedRequest changed(RandomGenerator random) {
      SignedRequest r = request();
      return switch (random.nextInt(5)) {
        case 0 -> new SignedRequest("PUT", r.path(), r.query(), r.headers(), r.body());
        case 1 -> new SignedRequest(r.method(), r.path() + "x", r.query(), r.headers(), r.body());
        case 2 -> {
          String query = r.query().isEmpty() ? "x=1" : r.query() + "&x=1";
          yield new SignedRequest(r.method(), r.path(), query, r.headers(), r.body());
        }
        case 3 -> {
          HeaderFields headers =
              name ->
                  name.equalsIgnoreCase("X-Amz-Target")
                      ? List.of("DynamoDB_20120810.DeleteItem")
                      : r.headers().all(name);
          yield new SignedRequest(r.method(), r.path(), r.query(), headers, r.body());
        }
        default -> {
          byte[] longer =
              (new String(body, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
          yield new SignedRequest(r.method(), r.path(), r.query(), r.headers(), longer);
        }
      };
    }
  }
}
