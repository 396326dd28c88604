package org.ostraka.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A request of ListTables that the SDK's signer has signed, as the bytes of HTTP, which a test may
 * change before it sends them. Immutable.
 */
record SignedRequest(String head, byte[] body) {
  private static final String REGION = "eu-central-1";

  /** The parts that are signed. */
  record Plan(
      String host, String path, String query, byte[] body, Instant signedAt, Duration lifetime) {
    /** Returns a plain request to a host, signed now and in a header. */
    static Plan to(String host) {
      return new Plan(host, "/", "", bytes("{}"), Instant.now(), Duration.ZERO);
    }

    Plan at(String otherPath, String otherQuery) {
      return new Plan(host, otherPath, otherQuery, body, signedAt, lifetime);
    }

    Plan with(byte[] otherBody) {
      return new Plan(host, path, query, otherBody, signedAt, lifetime);
    }

    Plan signedAt(Instant instant) {
      return new Plan(host, path, query, body, instant, lifetime);
    }

    /** Puts the signature into the query, valid for this time. */
    Plan presigned(Duration time) {
      return new Plan(host, path, query, body, signedAt, time);
    }
  }

  /** Signs a request with the root key. Further headers are sent and not signed. */
  static SignedRequest of(Plan plan, String... unsignedHeaders) {
    boolean presigned = !plan.lifetime().isZero();
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("http://" + plan.host()))
            .encodedPath(plan.path())
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("X-Amz-Target", "DynamoDB_20120810.ListTables");
    for (String parameter : plan.query().split("&")) {
      if (!parameter.isEmpty()) {
        unsigned.appendRawQueryParameter(
            parameter.substring(0, parameter.indexOf('=')),
            parameter.substring(parameter.indexOf('=') + 1));
      }
    }
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(AwsCredentialsIdentity.create(RootKey.ID, RootKey.SECRET))
                    .request(unsigned.build())
                    .payload(ContentStreamProvider.fromByteArray(plan.body()))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK, Clock.fixed(plan.signedAt(), ZoneOffset.UTC))
                    .putProperty(
                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                        presigned ? AuthLocation.QUERY_STRING : AuthLocation.HEADER)
                    .putProperty(
                        AwsV4FamilyHttpSigner.EXPIRATION_DURATION,
                        presigned ? plan.lifetime() : null))
            .request();
    return new SignedRequest(head(signed, plan, unsignedHeaders), plan.body());
  }

  private static String head(SdkHttpRequest signed, Plan plan, String... unsignedHeaders) {
    List<String> lines = new ArrayList<>();
    String query = signed.encodedQueryParameters().map(text -> "?" + text).orElse("");
    lines.add("POST " + plan.path() + query + " HTTP/1.1");
    signed.forEachHeader((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
    lines.addAll(List.of(unsignedHeaders));
    return String.join("\r\n", lines);
  }

  /** Returns the request with another head. */
  SignedRequest changed(UnaryOperator<String> change) {
    return new SignedRequest(change.apply(head), body);
  }

  /** Returns the request with another body. */
  SignedRequest with(byte[] otherBody) {
    return new SignedRequest(head, otherBody);
  }

  /** Sends the request and returns the whole answer as text. */
  String send(URI endpoint) {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(bytes(head));
      all.writeBytes(bytes("\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n"));
      all.writeBytes(body);
      socket.getOutputStream().write(all.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
