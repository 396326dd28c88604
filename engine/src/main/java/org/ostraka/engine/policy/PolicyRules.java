package org.ostraka.engine.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.ostraka.identity.policy.ActionPattern;
import org.ostraka.identity.policy.Condition;
import org.ostraka.identity.policy.Effect;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.PrincipalKind;
import org.ostraka.identity.policy.PrincipalName;
import org.ostraka.identity.policy.Principals;
import org.ostraka.identity.policy.ResourcePattern;
import org.ostraka.identity.policy.Statement;
import org.ostraka.identity.wire.MalformedPolicyException;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;

/**
 * Rules for policies of tables and streams, with the service's texts. Stateless.
 *
 * <p>Q-211, Q-352 and Q-356 measured them (October 2026); the order of two errors in one document
 * was not measured. The actions are those of "DynamoDB API operations supported by resource-based
 * policies" in the Developer Guide.
 */
public final class PolicyRules {
  private static final Set<String> TABLE_ACTIONS =
      lowerCase(
          "AssociateTableReplica BatchGetItem BatchWriteItem ConditionCheckItem CreateBackup"
              + " CreateTableReplica DeleteItem DeleteResourcePolicy DeleteTable DeleteTableReplica"
              + " DescribeContinuousBackups DescribeContributorInsights"
              + " DescribeKinesisStreamingDestination DescribeTable DescribeTableReplicaAutoScaling"
              + " DescribeTimeToLive DisableKinesisStreamingDestination"
              + " EnableKinesisStreamingDestination ExportTableToPointInTime GetItem"
              + " GetResourcePolicy ListTagsOfResource PartiQLDelete PartiQLInsert PartiQLSelect"
              + " PartiQLUpdate PutItem PutResourcePolicy Query ReadDataForReplication"
              + " ReplicateSettings RestoreTableToPointInTime Scan StartAwsBackupJob TagResource"
              + " UntagResource UpdateContinuousBackups UpdateContributorInsights"
              + " UpdateGlobalTableVersion UpdateItem UpdateKinesisStreamingDestination UpdateTable"
              + " UpdateTableReplicaAutoScaling UpdateTimeToLive WriteDataForReplication");
  private static final Set<String> STREAM_ACTIONS =
      lowerCase(
          "DeleteResourcePolicy DescribeStream GetRecords GetResourcePolicy GetShardIterator"
              + " PutResourcePolicy");
  private static final Pattern PRINCIPAL_ARN =
      Pattern.compile(
          "arn:aws:iam::\\d{12}:(root|(user|role)/[^*?]+)"
              + "|arn:aws:sts::\\d{12}:(assumed-role/[^*?/]+/[^*?/]+|federated-user/[^*?]+)");

  /** The keys whose values keep a policy for everyone from being without bounds. */
  private static final Set<String> BOUNDING_KEYS =
      lowerCase(
          "aws:PrincipalAccount aws:PrincipalArn aws:PrincipalOrgID aws:PrincipalOrgPaths"
              + " aws:SourceAccount aws:SourceArn aws:SourceIp aws:SourceOrgID aws:SourceOrgPaths"
              + " aws:SourceOwner aws:SourceVpc aws:SourceVpce aws:userid");

  private PolicyRules() {}

  private static Set<String> lowerCase(String names) {
    return Set.of(names.toLowerCase(Locale.ROOT).split(" "));
  }

  /** Reads the policy of a table. */
  public static PolicyDocument ofTable(String text) {
    PolicyDocument policy = read(text);
    check(policy, TABLE_ACTIONS, false);
    return policy;
  }

  /** Reads the policy of a stream. */
  static PolicyDocument ofStream(String text) {
    PolicyDocument policy = read(text);
    check(policy, STREAM_ACTIONS, true);
    return policy;
  }

  private static PolicyDocument read(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.RESOURCE_POLICY_BYTES) {
      throw ValidationException.ofParameters(
          "Maximum policy size of " + Limits.RESOURCE_POLICY_BYTES + " bytes exceeded");
    }
    try {
      return PolicyReader.read(text, PolicyUse.RESOURCE);
    } catch (MalformedPolicyException malformed) {
      throw invalid(malformed.why());
    }
  }

  private static void check(PolicyDocument policy, Set<String> actions, boolean ofStream) {
    for (Statement statement : policy.statements()) {
      requireActions(statement, actions);
      statement
          .resources()
          .ifPresent(resources ->
              resources.patterns().forEach(pattern -> requireResource(pattern, ofStream)));
      statement.principals().ifPresent(PolicyRules::requirePrincipals);
    }
    policy.statements().forEach(PolicyRules::requireBounds);
  }

  private static void requireActions(Statement statement, Set<String> known) {
    List<String> unknown =
        statement.actions().patterns().stream()
            .map(ActionPattern::toString)
            .filter(name -> !isWildcard(name) && !isKnown(name, known))
            .map(name -> '"' + name + '"')
            .toList();
    if (!unknown.isEmpty()) {
      throw invalid("The following action names are invalid: " + String.join(", ", unknown));
    }
  }

  private static boolean isKnown(String action, Set<String> known) {
    String name = action.toLowerCase(Locale.ROOT);
    String service = "dynamodb:";
    return name.startsWith(service) && known.contains(name.substring(service.length()));
  }

  /** Refuses a stream in a table's policy, and anything but streams in a stream's. */
  private static void requireResource(ResourcePattern pattern, boolean ofStream) {
    String arn = pattern.toString();
    String[] parts = arn.split(":", 6);
    String id = parts.length == 6 ? parts[5] : "*";
    boolean namesStream = id.contains("/stream/");
    if (ofStream ? !namesStream && !id.endsWith("*") : namesStream) {
      throw invalid("The relative-id \"" + id + "\" is invalid for ARN \"" + arn + "\"");
    }
  }

  private static void requirePrincipals(Principals principals) {
    for (PrincipalName name : principals.names()) {
      boolean legal =
          switch (name.kind()) {
            case AWS ->
                name.text().equals(PrincipalName.EVERYONE)
                    || name.account().isPresent()
                    || PRINCIPAL_ARN.matcher(name.text()).matches();
            case SERVICE -> name.text().endsWith(".amazonaws.com");
            case FEDERATED, CANONICAL_USER -> false;
          };
      if (!legal) {
        throw ValidationException.ofParameters("Invalid principal in policy document.");
      }
    }
  }

  private static void requireBounds(Statement statement) {
    boolean isForEveryone =
        statement.effect() == Effect.ALLOW
            && statement
                .principals()
                .filter(principals -> principals.negated() || hasEveryone(principals))
                .isPresent();
    if (isForEveryone && statement.conditions().stream().noneMatch(PolicyRules::isBound)) {
      throw new ValidationException(
          "Resource-based policy grants unbounded access in one or more elements. Please revise"
              + " the policy to ensure least-privilege form of access");
    }
  }

  private static boolean hasEveryone(Principals principals) {
    return principals
        .names()
        .contains(new PrincipalName(PrincipalKind.AWS, PrincipalName.EVERYONE));
  }

  private static boolean isBound(Condition condition) {
    return BOUNDING_KEYS.contains(condition.key().toLowerCase(Locale.ROOT))
        && condition.operator().bounds()
        && condition.values().stream().noneMatch(value -> isUnbounded(value.toString()));
  }

  private static boolean isUnbounded(String value) {
    return value.equals("*") || value.equals("0.0.0.0/0") || value.equals("::/0");
  }

  private static boolean isWildcard(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  private static ValidationException invalid(String why) {
    return ValidationException.ofParameters("Invalid policy document: " + why);
  }
}
