package org.ostraka.identity.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * measured the messages about JSON, missing fields, empty statements,
 * repeated ids and syntax errors with PutResourcePolicy (October 2026). Those about vendors, ARNs
 * and condition types are what we know of IAM's, without a source. Where a syntax error's position
 * points to was measured once, without its document.
 */
final class PolicyReaderTest {
  private static final String REST = "\"Action\":\"dynamodb:GetItem\",\"Resource\":\"*\"";

  @ParameterizedTest
  @ValueSource(strings = {"", "{not json", "[", "{} {}", "{\"a\":1", "\u0000"})
  void textThatIsNoJsonIsRefused(String text) {
    assertMalformed(text, "This policy contains invalid Json");
  }

  @Test
  void deepJsonIsRefused() {
    assertMalformed("[".repeat(100_000), "This policy contains invalid Json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{};Missing required field Statement",
        "{\"Statement\":[]};Could not parse the policy: Statement is empty!",
        "{\"Statement\":{}};Missing required field Effect",
        "{\"Statement\":{\"Effect\":\"Allow\"}};Missing required field Action",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"a:b\"}};Missing required field Resource",
        "[];Syntax error at position (1,1)",
        "{\"Statement\":1};Syntax error at position (1,14)",
        "{\"Version\":\"2020-01-01\",\"Statement\":[]};Syntax error at position (1,12)",
        "{\"Statment\":[]};Syntax error at position (1,13)",
        "{\"Statement\":{\"Effect\":\"Maybe\"}};Syntax error at position (1,24)",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Effect\":\"Deny\"}};Syntax error at position (1,41)",
        "{\"Id\":\"x\",\"Statement\":[]};Has prohibited field Id"
      })
  void elementsAreChecked(String text, String message) {
    assertMalformed(text, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"Action\":\"GetItem\",\"Resource\":\"*\";"
            + "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "\"Action\":\"a:b\",\"Resource\":\"table\";"
            + "Resource table must be in ARN format or \"*\".",
        "\"Action\":[],\"Resource\":\"*\";Syntax error at position (1,51)",
        "\"Action\":[7],\"Resource\":\"*\";Syntax error at position (1,52)",
        "\"Action\":\"a:b\",\"NotAction\":\"a:c\",\"Resource\":\"*\";"
            + "Syntax error at position (1,69)",
        "\"Principal\":\"*\",\"Action\":\"a:b\",\"Resource\":\"*\";Has prohibited field Principal",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"StringIs\":{\"a:b\":\"c\"}};"
            + "Invalid Condition type : StringIs.",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"NullIfExists\":{\"a:b\":\"true\"}};"
            + "Invalid Condition type : NullIfExists.",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"ab\":\"c\"}};"
            + "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"IpAddress\":{\"a:b\":\"10.0.0.0/33\"}};"
            + "Invalid value for condition operator IpAddress: 10.0.0.0/33",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"NumericEquals\":{\"a:b\":\"1e9\"}};"
            + "Invalid value for condition operator NumericEquals: 1e9",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"DateEquals\":{\"a:b\":\"today\"}};"
            + "Invalid value for condition operator DateEquals: today",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"a:b\":\"yes\"}};"
            + "Invalid value for condition operator Bool: yes",
        "\"Action\":\"a:b\",\"Resource\":\"*\",\"Condition\":{\"BinaryEquals\":{\"a:b\":\"?\"}};"
            + "Invalid value for condition operator BinaryEquals: ?"
      })
  void elementsOfStatementsAreChecked(String elements, String message) {
    assertMalformed(
        "{\"Statement\":{\"Effect\":\"Allow\",\"Sid\":\"s\"," + elements + "}}", message);
  }

  @Test
  void statementIdsMustDiffer() {
    String statement = "{\"Sid\":\"a\",\"Effect\":\"Allow\"," + REST + "}";
    assertMalformed(
        "{\"Statement\":[" + statement + "," + statement + "]}",
        "The Statement Ids in the policy are not unique");
  }

  @Test
  void policiesOfResourcesNeedPrincipals() {
    assertThatThrownBy(() ->
            PolicyReader.read(
                "{\"Statement\":{\"Effect\":\"Allow\"," + REST + "}}", PolicyUse.RESOURCE))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage("Missing required field Principal");
  }

  @Test
  void policiesOfRolesHaveNoResource() {
    assertThatThrownBy(() ->
            PolicyReader.read(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\"," + REST + "}}",
                PolicyUse.TRUST))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage("Has prohibited field Resource");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"111122223333\"", "{}", "{\"Aws\":\"*\"}", "{\"AWS\":[]}", "7"})
  void principalsAreChecked(String principal) {
    assertThatThrownBy(() -> resource(principal))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessageStartingWith("Syntax error at position (1,");
  }

  @Test
  void policiesAreWrittenInOneForm() {
    String sent =
        """
        { "Statement": {
            "Resource": ["arn:aws:dynamodb:us-west-2:111122223333:table/t"],
            "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:root"]},
            "Action": ["dynamodb:getitem", "dynamodb:PutItem"],
            "Condition": {"Bool": {"aws:SecureTransport": true}},
            "Effect": "allow", "Sid": "V15\\u0045sc" },
          "Version": "2012-10-17" }
        """;
    String written = PolicyWriter.write(PolicyReader.read(sent, PolicyUse.RESOURCE));
    assertThat(written)
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"V15Esc\",\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},"
                + "\"Action\":[\"dynamodb:getitem\",\"dynamodb:PutItem\"],"
                + "\"Resource\":\"arn:aws:dynamodb:us-west-2:111122223333:table/t\","
                + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}]}");
    assertThat(PolicyWriter.write(PolicyReader.read(written, PolicyUse.RESOURCE)))
        .isEqualTo(written);
  }

  private static String resource(String principal) {
    return PolicyWriter.write(
        PolicyReader.read(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":" + principal + "," + REST + "}}",
            PolicyUse.RESOURCE));
  }

  private static void assertMalformed(String text, String message) {
    assertThatThrownBy(() -> PolicyReader.read(text, PolicyUse.IDENTITY))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }
}
