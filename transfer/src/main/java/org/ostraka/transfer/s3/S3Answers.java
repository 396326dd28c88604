package org.ostraka.transfer.s3;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Set;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.bucket.BucketException;

/**
 * Tells what a request to S3 came to ("Error responses" in the S3 API Reference): done, refused for
 * good, or to be tried again. Stateless.
 */
final class S3Answers {
  private static final int TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN = 403;
  private static final int MAX_CODE_CHARS = 64;

  /** Errors of requests that may succeed later, though their status says otherwise. */
  private static final Set<String> PASSING =
      Set.of(
          "BadDigest",
          "ExpiredToken",
          "IncompleteBody",
          "OperationAborted",
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "SlowDown");

  private static final Set<String> DENIALS =
      Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch");

  private S3Answers() {}

  /**
   * Returns if the request is done.
   *
   * @throws BucketException when trying again does not help, with S3's own code
   * @throws StorageFailedException when it may
   */
  static void requireDone(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String code = S3Xml.errorCode(new ByteArrayInputStream(answer.body())).orElse("");
    if (isPassing(status, code)) {
      throw new StorageFailedException("S3 answers " + status + " " + code);
    }
    throw refused(status, code.substring(0, Math.min(code.length(), MAX_CODE_CHARS)));
  }

  /** Returns whether the request's condition was not met, so that nothing was done. */
  static boolean isPreconditionFailed(HttpResponse<byte[]> answer) {
    return answer.statusCode() == PRECONDITION_FAILED;
  }

  private static boolean isPassing(int status, String code) {
    return status >= 500
        || status == TIMEOUT
        || status == CONFLICT
        || status == TOO_MANY
        || PASSING.contains(code);
  }

  private static BucketException refused(int status, String code) {
    if (code.equals("NoSuchBucket")) {
      return BucketException.noSuchBucket();
    }
    if (code.equals("NoSuchKey")) {
      return BucketException.noSuchKey();
    }
    if (DENIALS.contains(code) || status == FORBIDDEN) {
      return BucketException.accessDenied();
    }
    // A wrong region is a 301 PermanentRedirect, or a 400 AuthorizationHeaderMalformed.
    return code.isEmpty()
        ? new BucketException("S3" + status, "S3 answers " + status)
        : new BucketException("S3" + code, "S3 answers " + status + " " + code);
  }
}
