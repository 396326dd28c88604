package org.ostraka.transfer.s3;

import java.io.IOException;
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
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.BucketName;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.Digests;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * The buckets of an S3 service, by PutObject, GetObject and ListObjectsV2 with the bucket in the
 * path. Any thread.
 */
public final class S3Buckets implements Buckets {
  private static final byte[] NO_BODY = {};

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
    Map<String, String> headers = headers(bucket);
    headers.put("Content-MD5", Base64.getEncoder().encodeToString(Digests.md5(content.array())));
    HttpResponse<InputStream> answer =
        endpoint.send(
            new S3Endpoint.Request(
                SdkHttpMethod.PUT, path(bucket, key), Map.of(), headers, content.array()));
    try (InputStream body = answer.body()) {
      requireDone(answer.statusCode(), body);
    } catch (IOException failure) {
      throw new StorageFailedException("an answer of S3 cannot be read", failure);
    }
    return answer.headers().firstValue("ETag").orElse("").replace("\"", "");
  }

  @Override
  public List<Listed> list(BucketName bucket, String prefix, Optional<String> after) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("list-type", "2");
    query.put("max-keys", Integer.toString(MAX_LISTED));
    query.put("prefix", prefix);
    after.ifPresent(key -> query.put("start-after", key));
    HttpResponse<InputStream> answer =
        endpoint.send(
            new S3Endpoint.Request(
                SdkHttpMethod.GET, "/" + bucket.name(), query, headers(bucket), NO_BODY));
    try (InputStream body = answer.body()) {
      requireDone(answer.statusCode(), body);
      return S3Xml.listing(body);
    } catch (IOException failure) {
      throw new StorageFailedException("a listing of S3 cannot be read", failure);
    }
  }

  @Override
  public InputStream read(BucketName bucket, String key) {
    HttpResponse<InputStream> answer =
        endpoint.send(
            new S3Endpoint.Request(
                SdkHttpMethod.GET, path(bucket, key), Map.of(), headers(bucket), NO_BODY));
    requireDone(answer.statusCode(), answer.body());
    return answer.body();
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

  private static void requireDone(int status, InputStream body) {
    if (status >= 200 && status < 300) {
      return;
    }
    String code = S3Xml.errorCode(body).orElse("");
    switch (code) {
      case "NoSuchBucket" -> throw BucketException.noSuchBucket();
      case "NoSuchKey" ->
          throw new BucketException("S3NoSuchKey", "The specified key does not exist.");
      case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          throw new BucketException("S3AccessDenied", "Access Denied");
      default -> {
        if (status == 403) {
          throw new BucketException("S3AccessDenied", "Access Denied");
        }
        throw new StorageFailedException("S3 answers " + status + " " + code);
      }
    }
  }
}
