package org.ostraka.engine.region;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.AuthorizationRequest;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.Evaluator;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Requester;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.AccessDeniedException;

/**
 * What the policy of a replica allows the replication between accounts. The policy of each replica
 * has to allow three actions for all replicas, itself included. Immutable.
 *
 * <p>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables_MA_security.html
 *
 * @param table the replica that has the policy
 */
record ReplicationPolicy(TableArn table, Optional<PolicyDocument> document) {
  static final String READ = "dynamodb:ReadDataForReplication";
  static final String WRITE = "dynamodb:WriteDataForReplication";
  static final String SETTINGS = "dynamodb:ReplicateSettings";

  private static final List<String> ACTIONS = List.of(READ, WRITE, SETTINGS);

  static ReplicationPolicy of(TableRecord record) {
    return new ReplicationPolicy(
        record.description().arn(), record.policies().ofTable().flatMap(ResourcePolicy::document));
  }

  /** Returns whether the replication may do an action for another replica. */
  boolean allows(String action, TableArn other) {
    return verdict(request(action, other)).isAllowed();
  }

  /** Returns whether the replication may do all three actions for all replicas. */
  boolean allowsAll(GlobalTable global) {
    return replicas(global)
        .allMatch(other -> ACTIONS.stream().allMatch(action -> allows(action, other)));
  }

  private Stream<TableArn> replicas(GlobalTable global) {
    return global.members().stream()
        .filter(Member::takesPart)
        .map(member -> global.replica(table, member.region()));
  }

  /**
   * Requires that the replication may do all three actions for these replicas.
   *
   * @throws AccessDeniedException when it may not
   */
  void require(List<TableArn> replicas) {
    for (TableArn other : replicas) {
      for (String action : ACTIONS) {
        AuthorizationRequest request = request(action, other);
        Verdict verdict = verdict(request);
        if (!verdict.isAllowed()) {
          throw new AccessDeniedException(verdict.denial(request));
        }
      }
    }
  }

  private Verdict verdict(AuthorizationRequest request) {
    return Evaluator.evaluateResource(
        request,
        Policies.NONE.withResource(
            document.map(policy -> new AttachedPolicy(table.toString(), policy))));
  }

  private AuthorizationRequest request(String action, TableArn other) {
    return new AuthorizationRequest(
        new Requester.Service(Principal.Service.REPLICATION.name()),
        action,
        table.toString(),
        table.owner().account(),
        new ContextKeys(
            Map.of(
                "aws:SourceAccount", List.of(other.owner().account().value()),
                "aws:SourceArn", List.of(other.toString()),
                "aws:PrincipalIsAWSService", List.of("true"),
                "aws:PrincipalServiceName", List.of(Principal.Service.REPLICATION.name()))));
  }
}
