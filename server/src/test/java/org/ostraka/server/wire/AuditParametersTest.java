package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.AuditedOperation;

/** What the audit log shows of the parameters of a request. */
final class AuditParametersTest {
  private static AuditEvent.Parameters parameters(String operation, String body) {
    return AuditParameters.of(
        new AuditedOperation("dynamodb.amazonaws.com", operation, "2012-08-10"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PutItem | {'TableName':'votes','Item':{'id':{'S':'secret'}},'ReturnValues':'ALL_OLD','ConditionExpression':'a = :secret'} | {'tableName':'votes','returnValues':'ALL_OLD'} | [votes]",
        "Query | {'TableName':'votes','Limit':5,'KeyConditionExpression':'secret','ExpressionAttributeValues':{':secret':{'S':'secret'}}} | {'tableName':'votes','limit':5} | [votes]",
        "BatchWriteItem | {'RequestItems':{'votes':[{'PutRequest':{'Item':{'id':{'S':'secret'}}}}],'rolls':[]}} | {'requestItems':['votes','rolls']} | [votes, rolls]",
        "TransactWriteItems | {'TransactItems':[{'Put':{'TableName':'votes','Item':{'id':{'S':'secret'}}}},{'Delete':{'Key':{'id':{'S':'secret'}},'TableName':'rolls'}}],'ClientRequestToken':'secret'} | {'transactItems':[{'put':{'tableName':'votes'}},{'delete':{'tableName':'rolls'}}]} | [votes, rolls]",
        "CreateTable | {'TableName':'votes','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],'DeletionProtectionEnabled':true,'ProvisionedThroughput':{'ReadCapacityUnits':5}} | {'tableName':'votes','keySchema':[{'attributeName':'id','keyType':'HASH'}],'deletionProtectionEnabled':true,'provisionedThroughput':{'readCapacityUnits':5}} | [votes]",
        "DescribeLimits | {} | {} | []",
        "PutItem | [] | null | []",
        "PutItem | {'TableName':'vo | null | []",
        "PutItem | {'TableName':{'S':'secret'}} | {} | []",
      })
  void onlyWhatHasNoContentsIsShown(String operation, String body, String json, String resources) {
    AuditEvent.Parameters shown = parameters(operation, body.replace('\'', '"'));
    assertThat(shown.json()).isEqualTo(json.replace('\'', '"'));
    assertThat(shown.resources()).hasToString(resources);
  }

  @Test
  void aLongLiteralIsCutToo() {
    String literal = "it''s from secret ".repeat(20_000);
    assertThat(
            parameters(
                "ExecuteStatement",
                "{\"Statement\":\"INSERT INTO votes VALUE {'id':'" + literal + "'}\"}"))
        .hasToString("Parameters[json={}, resources=[votes]]");
  }

  @Test
  void statementsAreNotShownButTheirTablesAre() {
    assertThat(
            parameters(
                "ExecuteStatement",
                "{\"Statement\":\"SELECT * FROM \\\"votes\\\".\\\"i\\\" WHERE a = 'x FROM secret'\"}"))
        .hasToString("Parameters[json={}, resources=[votes]]");
    assertThat(
            parameters(
                "ExecuteStatement",
                "{\"Statement\":\"INSERT INTO votes VALUE {'id':'into secrets'}\"}"))
        .hasToString("Parameters[json={}, resources=[votes]]");
    assertThat(
            parameters(
                "BatchExecuteStatement",
                "{\"Statements\":[{\"Statement\":\"UPDATE votes SET a='from secret'\",\"Parameters\":[{\"S\":\"secret\"}]},{\"Statement\":\"nonsense\"}]}"))
        .hasToString(
            "Parameters[json={\"statements\":[{\"tableName\":\"votes\"},{}]}, resources=[votes]]");
  }

  @Test
  void longParametersAreLeftOut() {
    String policy = "x".repeat(20_000);
    AuditEvent.Parameters shown =
        parameters(
            "PutResourcePolicy", "{\"ResourceArn\":\"arn:aws:x\",\"Policy\":\"" + policy + "\"}");
    assertThat(shown.json()).isEqualTo("{\"omitted\":\"too long\"}");
    assertThat(shown.resources()).containsExactly("arn:aws:x");
  }
}
