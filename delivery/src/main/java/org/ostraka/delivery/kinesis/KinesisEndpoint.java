package org.ostraka.delivery.kinesis;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * An endpoint that speaks the Kinesis API: AWS's, or any other server's. The AWS SDK finds the
 * credentials and signs. Any thread.
 */
public final class KinesisEndpoint implements AutoCloseable {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[^:]*:kinesis:([^:]+):[^:]*:stream/([a-zA-Z0-9_.-]+)");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private final URI uri;
  private final AwsCredentialsProvider credentials;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * Makes the endpoint.
   *
   * @param credentials signs the requests
   */
  KinesisEndpoint(URI uri, AwsCredentialsProvider credentials) {
    this.uri = uri;
    this.credentials = credentials;
  }

  /** Makes an endpoint whose credentials are found as the AWS SDK finds them. */
  public static KinesisEndpoint at(URI uri) {
    return new KinesisEndpoint(uri, DefaultCredentialsProvider.builder().build());
  }

  /** An answer. */
  record Answer(int status, byte[] body) {
    private static final int TOO_MANY_REQUESTS = 429;

    /** Returns whether the request was refused, and not only for now. */
    boolean isRefused() {
      return status >= 400 && status < 500 && status != TOO_MANY_REQUESTS;
    }
  }

  /** Returns the stream with an ARN; empty if it is not the ARN of a stream. */
  Optional<KinesisStream> stream(String arn) {
    Matcher parts = ARN.matcher(arn);
    return parts.matches()
        ? Optional.of(new KinesisStream(this, parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /**
   * Calls an operation.
   *
   * @throws IOException when there is no answer
   */
  Answer call(String region, String operation, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    sign(region, operation, body)
        .request()
        .headers()
        .forEach((name, values) -> {
          if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.body());
  }

  private SignedRequest sign(String region, String operation, byte[] body) throws IOException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(uri)
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "Kinesis_20131202." + operation)
            .build();
    try {
      return signer.sign(signing ->
          signing
              .identity(credentials.resolveCredentials())
              .request(request)
              .payload(ContentStreamProvider.fromByteArray(body))
              .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesis")
              .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    } catch (SdkClientException unknown) {
      throw new IOException("no credentials for Kinesis: " + unknown.getMessage(), unknown);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
