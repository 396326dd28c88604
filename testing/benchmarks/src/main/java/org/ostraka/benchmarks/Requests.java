package org.ostraka.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;

/**
 * Makes the bytes of requests. Stateless. They carry an Authorization header that names the region
 * and whose signature is a dummy, so that no time goes into signing.
 */
final class Requests {
  private Requests() {}

  /**
   * A whole request.
   *
   * @param body JSON in ASCII
   */
  static byte[] of(URI endpoint, String operation, String body) {
    String head =
        """
        POST / HTTP/1.1
        Host: %s
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: DynamoDB_20120810.%s
        X-Amz-Date: 20260101T000000Z
        Authorization: AWS4-HMAC-SHA256 \
        Credential=ostraka/20260101/us-east-1/dynamodb/aws4_request, \
        SignedHeaders=host;x-amz-date;x-amz-target, \
        Signature=0000000000000000000000000000000000000000000000000000000000000000
        Content-Length: %d

        """
            .formatted(endpoint.getAuthority(), operation, body.length());
    return (head.replace("\n", "\r\n") + body).getBytes(US_ASCII);
  }
}
