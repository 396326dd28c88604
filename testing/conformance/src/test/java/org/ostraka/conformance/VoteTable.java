package org.ostraka.conformance;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table of votes that most tests use; PK and SK are strings. Any thread may call. */
final class VoteTable {

  private VoteTable() {}

  static CreateTableRequest request(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .attributeDefinitions(definition("PK"), definition("SK"))
        .keySchema(element("PK", KeyType.HASH), element("SK", KeyType.RANGE))
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .build();
  }

  static Map<String, AttributeValue> key(String voter) {
    return Map.of(
        "PK", AttributeValue.fromS("VOTE#" + voter), "SK", AttributeValue.fromS("USER#" + voter));
  }

  private static AttributeDefinition definition(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
