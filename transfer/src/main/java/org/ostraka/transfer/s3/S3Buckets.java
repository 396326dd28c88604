package org.ostraka.transfer.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ostraka.model.Bytes;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.Digests;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * The buckets of an S3 service, by PutObject, GetObject, ListObjectsV2 and DeleteObject with the
 * bucket in the path. Any thread.
 */
public final class S3Buckets implements Buckets {
  private static final byte[] NO_BODY = {};
  private static final int NOT_IMPLEMENTED = 501;
  private static final Map<String, String> IF_ABSENT = Map.of("If-None-Match", "*");

  private final S3Endpoint endpoint;

  S3Buckets(S3Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Makes the buckets of an endpoint; credentials are found as the AWS SDK finds them. */
  public static S3Buckets at(URI uri, String region) {
    return new S3Buckets(S3Endpoint.at(uri, region));
  }

  @Override
  public String put(BucketName bucket, String key, Bytes content) {
    HttpResponse<byte[]> answer = sendPut(bucket, key, content, Map.of());
    S3Answers.requireDone(answer);
    return answer.headers().firstValue("ETag").orElse("").replace("\"", "");
  }

  /**
   * {@inheritDoc}
   *
   * <p>The condition is {@code If-None-Match: *} ("How to prevent object overwrites with
   * conditional writes" in the Amazon S3 User Guide). Services that do not know it answer 501, or
   * store the object whatever there is: a second request, which must be refused, tells which.
   */
  @Override
  public ConditionalPut putIfAbsent(BucketName bucket, String key, Bytes content) {
    HttpResponse<byte[]> first = sendPut(bucket, key, content, IF_ABSENT);
    if (first.statusCode() == NOT_IMPLEMENTED) {
      var _ = put(bucket, key, content);
      return ConditionalPut.STORED_UNCHECKED;
    }
    if (S3Answers.isPreconditionFailed(first)) {
      return ConditionalPut.EXISTS;
    }
    S3Answers.requireDone(first);
    HttpResponse<byte[]> second = sendPut(bucket, key, content, IF_ABSENT);
    if (S3Answers.isPreconditionFailed(second)) {
      return ConditionalPut.STORED;
    }
    S3Answers.requireDone(second);
    return ConditionalPut.STORED_UNCHECKED;
  }

  private HttpResponse<byte[]> sendPut(
      BucketName bucket, String key, Bytes content, Map<String, String> condition) {
    Map<String, String> headers = headers(bucket);
    headers.put("Content-MD5", Base64.getEncoder().encodeToString(Digests.md5(content.array())));
    headers.putAll(condition);
    return endpoint.send(
        new S3Endpoint.Request(
            SdkHttpMethod.PUT, path(bucket, key), Map.of(), headers, content.array()));
  }

  @Override
  public List<Listed> list(BucketName bucket, String prefix, Optional<String> after) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("list-type", "2");
    query.put("max-keys", Integer.toString(MAX_LISTED));
    query.put("prefix", prefix);
    after.ifPresent(key -> query.put("start-after", key));
    HttpResponse<byte[]> answer =
        endpoint.send(
            new S3Endpoint.Request(
                SdkHttpMethod.GET, "/" + bucket.name(), query, headers(bucket), NO_BODY));
    S3Answers.requireDone(answer);
    return S3Xml.listing(new ByteArrayInputStream(answer.body()));
  }

  @Override
  public InputStream read(BucketName bucket, String key) {
    return read(bucket, key, Optional.empty());
  }

  @Override
  public InputStream read(BucketName bucket, Listed object) {
    return read(bucket, object.key(), Optional.of("\"" + object.version() + "\""));
  }

  private InputStream read(BucketName bucket, String key, Optional<String> etag) {
    S3Object object =
        new S3Object(
            etag,
            range -> {
              Map<String, String> headers = headers(bucket);
              headers.putAll(range);
              return endpoint.send(
                  new S3Endpoint.Request(
                      SdkHttpMethod.GET, path(bucket, key), Map.of(), headers, NO_BODY));
            });
    object.begin();
    return object;
  }

  @Override
  public void delete(BucketName bucket, String key) {
    HttpResponse<byte[]> answer =
        endpoint.send(
            new S3Endpoint.Request(
                SdkHttpMethod.DELETE, path(bucket, key), Map.of(), headers(bucket), NO_BODY));
    S3Answers.requireDone(answer);
  }

  @Override
  public void stop() {
    endpoint.stop();
  }

  private static Map<String, String> headers(BucketName bucket) {
    Map<String, String> headers = new LinkedHashMap<>();
    bucket.expectedOwner().ifPresent(owner -> headers.put("x-amz-expected-bucket-owner", owner));
    return headers;
  }

  private static String path(BucketName bucket, String key) {
    return Stream.of(key.split("/", -1))
        .map(part ->
            URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~"))
        .collect(Collectors.joining("/", "/" + bucket.name() + "/", ""));
  }
}
