package org.ostraka.transfer.s3;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ostraka.storage.StorageFailedException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * An endpoint that speaks the S3 API: AWS's, or any other server's. The AWS SDK finds the
 * credentials and signs. Any thread.
 */
final class S3Endpoint {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** More than a listing or a part of an object has. */
  private static final long MAX_ANSWER_BYTES = 16 << 20;

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private final URI uri;
  private final String region;
  private final AwsCredentialsProvider credentials;
  private final Duration timeout;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * Makes an endpoint.
   *
   * @param timeout how long an answer may take, from its request to its last byte
   */
  S3Endpoint(URI uri, String region, AwsCredentialsProvider credentials, Duration timeout) {
    this.uri = uri;
    this.region = region;
    this.credentials = credentials;
    this.timeout = timeout;
  }

  /** Makes an endpoint whose credentials are found as the AWS SDK finds them. */
  static S3Endpoint at(URI uri, String region) {
    return new S3Endpoint(
        uri, region, DefaultCredentialsProvider.builder().build(), Duration.ofMinutes(2));
  }

  /** Abandons the requests that wait for an answer; later ones fail. */
  void stop() {
    http.shutdownNow();
  }

  /**
   * A request.
   *
   * @param path the path, encoded, with a slash at its start
   * @param query the parameters of the query, not encoded
   */
  record Request(
      SdkHttpMethod method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {}

  /**
   * Sends a request and returns the whole answer.
   *
   * @throws StorageFailedException when there is no answer, or not all of it
   */
  HttpResponse<byte[]> send(Request request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            http(request),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw new StorageFailedException(
          "S3 does not answer: "
              + Objects.requireNonNullElse(failure.getCause(), failure).getMessage(),
          failure);
    } catch (TimeoutException silent) {
      throw new StorageFailedException("S3 does not answer within " + timeout, silent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StorageFailedException("interrupted while waiting for S3", stopped);
    } finally {
      // Ends the request, if it is still under way.
      answer.cancel(true);
    }
  }

  private HttpRequest http(Request request) {
    SignedRequest signed = sign(request);
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(signed.request().getUri())
            .method(
                request.method().name(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    signed
        .request()
        .headers()
        .forEach((name, values) -> {
          if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> sent.header(name, value));
          }
        });
    return sent.build();
  }

  private SignedRequest sign(Request request) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().uri(uri).encodedPath(request.path()).method(request.method());
    request.query().forEach(unsigned::putRawQueryParameter);
    request.headers().forEach(unsigned::putHeader);
    try {
      return signer.sign(signing ->
          signing
              .identity(credentials.resolveCredentials())
              .request(unsigned.build())
              .payload(ContentStreamProvider.fromByteArray(request.body()))
              .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
              .putProperty(AwsV4HttpSigner.REGION_NAME, region)
              .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
              .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    } catch (SdkClientException unknown) {
      throw new StorageFailedException(
          "there are no credentials for S3: " + unknown.getMessage(), unknown);
    }
  }
}
