package org.ostraka.benchmarks;

import java.net.URI;

/** The requests of a load run that only votes. Immutable. */
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
    return Requests.of(endpoint, "CreateTable", CREATE_TABLE);
  }

  byte[] listTables() {
    return Requests.of(endpoint, "ListTables", "{}");
  }

  byte[] putVote() {
    return Requests.of(endpoint, "PutItem", PUT_VOTE);
  }
}
