package org.ostraka.benchmarks.load;

import java.util.Optional;

/**
 * The head of a request, and the places in it that a signature changes. Immutable.
 *
 * @param host the field Host
 * @param target the field X-Amz-Target
 */
record RequestHead(String host, String target, String text) {
  /** The names of the signed fields. */
  static final String SIGNED = "host;x-amz-date;x-amz-target";

  private static final String DATE = "20260101";
  private static final String TIME = DATE + "T000000Z";
  private static final String SIGNATURE = "0".repeat(64);

  /**
   * Makes the head of a POST.
   *
   * @param key whose id the request shows
   */
  static RequestHead of(String host, String target, int bodyBytes, Optional<LoadKey> key) {
    String text =
        """
        POST / HTTP/1.1
        Host: %s
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: %s
        X-Amz-Date: %s
        Authorization: AWS4-HMAC-SHA256 \
        Credential=%s/%s/us-east-1/dynamodb/aws4_request, \
        SignedHeaders=%s, \
        Signature=%s
        Content-Length: %d

        """
            .formatted(
                host,
                target,
                TIME,
                key.map(LoadKey::id).orElse("ostraka"),
                DATE,
                SIGNED,
                SIGNATURE,
                bodyBytes);
    return new RequestHead(host, target, text.replace("\n", "\r\n"));
  }

  /** Returns the offset of the time. */
  int timeAt() {
    return text.indexOf(TIME);
  }

  /** Returns the offset of the date in the scope of the credential. */
  int dateAt() {
    return text.indexOf("/" + DATE + "/") + 1;
  }

  int signatureAt() {
    return text.indexOf(SIGNATURE);
  }

  int bodyAt() {
    return text.length();
  }
}
