package org.ostraka.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;

/**
 * The bytes of the requests that a load run sends. Immutable. They carry an Authorization header
 * that names the region and whose signature is a dummy, so that no time goes into signing.
 */
record VoteRequests(URI endpoint) {

  /** Stands in a vote where the voter's number goes, in as many digits. */
  static final String VOTER = "000000000000";

  /** Stands in a vote where its time goes, in as many digits. */
  static final String TIME = "9999999999";

  private static final String CREATE_TABLE =
      """
      {"TableName":"votes","BillingMode":"PAY_PER_REQUEST",\
      "AttributeDefinitions":[{"AttributeName":"PK","AttributeType":"S"},\
      {"AttributeName":"SK","AttributeType":"S"}],\
      "KeySchema":[{"AttributeName":"PK","KeyType":"HASH"},\
      {"AttributeName":"SK","KeyType":"RANGE"}]}\
      """;

  private static final String PUT_VOTE =
      """
      {"TableName":"votes","Item":{"PK":{"S":"VOTE#123456"},"SK":{"S":"USER#%s"},\
      "candidateId":{"S":"4567"},"timestamp":{"N":"%s"}}}\
      """
          .formatted(VOTER, TIME);

  byte[] createTable() {
    return request("CreateTable", CREATE_TABLE);
  }

  byte[] listTables() {
    return request("ListTables", "{}");
  }

  byte[] putVote() {
    return request("PutItem", PUT_VOTE);
  }

  private byte[] request(String operation, String body) {
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
