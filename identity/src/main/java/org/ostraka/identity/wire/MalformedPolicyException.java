package org.ostraka.identity.wire;

/**
 * A text is no policy. The message says why, in the service's words where they are known; each API
 * puts it into its own error.
 */
public final class MalformedPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String why;

  MalformedPolicyException(String why) {
    super(why);
    this.why = why;
  }

  /** Returns the message. */
  public String why() {
    return why;
  }

  static MalformedPolicyException notJson() {
    return new MalformedPolicyException("This policy contains invalid Json");
  }

  static MalformedPolicyException syntax(JsonNode at) {
    return new MalformedPolicyException(
        "Syntax error at position (" + at.line() + "," + at.column() + ")");
  }

  static MalformedPolicyException missing(String element) {
    return new MalformedPolicyException("Missing required field " + element);
  }

  static MalformedPolicyException prohibited(String element) {
    return new MalformedPolicyException("Has prohibited field " + element);
  }

  static MalformedPolicyException noStatement() {
    return new MalformedPolicyException("Could not parse the policy: Statement is empty!");
  }

  static MalformedPolicyException repeatedId() {
    return new MalformedPolicyException("The Statement Ids in the policy are not unique");
  }

  static MalformedPolicyException noVendor() {
    return new MalformedPolicyException(
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }

  static MalformedPolicyException noArn(String text) {
    return new MalformedPolicyException("Resource " + text + " must be in ARN format or \"*\".");
  }

  static MalformedPolicyException unknownOperator(String name) {
    return new MalformedPolicyException("Invalid Condition type : " + name + ".");
  }

  static MalformedPolicyException badValue(String operator, String value) {
    return new MalformedPolicyException(
        "Invalid value for condition operator " + operator + ": " + value);
  }
}
