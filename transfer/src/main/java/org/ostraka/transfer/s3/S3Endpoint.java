package org.ostraka.transfer.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private final URI uri;
  private final String region;
  private final AwsCredentialsProvider credentials;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  S3Endpoint(URI uri, String region, AwsCredentialsProvider credentials) {
    this.uri = uri;
    this.region = region;
    this.credentials = credentials;
  }

  /** Makes an endpoint whose credentials are found as the AWS SDK finds them. */
  static S3Endpoint at(URI uri, String region) {
    return new S3Endpoint(uri, region, DefaultCredentialsProvider.builder().build());
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
   * Sends a request and returns the answer, whose body must be closed.
   *
   * @throws StorageFailedException when there is no answer
   */
  HttpResponse<InputStream> send(Request request) {
    SignedRequest signed = sign(request);
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(signed.request().getUri())
            .timeout(ANSWER_TIMEOUT)
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
    try {
      return http.send(sent.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException failure) {
      throw new StorageFailedException("S3 does not answer: " + failure.getMessage(), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StorageFailedException("interrupted while waiting for S3", stopped);
    }
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
