package org.ostraka.engine.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.identity.policy.AttachedPolicy;
import org.ostraka.identity.policy.AuthorizationRequest;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.identity.policy.Evaluator;
import org.ostraka.identity.policy.Policies;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;

/**
 * Answers the requests of other accounts to add a replica to a table of this store. Any thread.
 *
 * <p>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables_MA_security.html
 */
final class Associations {
  private final GlobalTables tables;
  private final Function<TableArn, ScalingSettings> scalings;

  /**
   * Makes what answers.
   *
   * @param scalings returns the auto scaling of a table
   */
  Associations(GlobalTables tables, Function<TableArn, ScalingSettings> scalings) {
    this.tables = tables;
    this.scalings = scalings;
  }

  /** Answers a request, and adds the replica if the request says so. */
  Association.Answer answer(Association association) {
    try {
      Optional<TableRecord> found = tables.find(association.member());
      requireAllowed(association, found.flatMap(Associations::policy));
      TableRecord record = found.orElseThrow(() -> GlobalTables.absent(association.member()));
      AssociationRules.refuseOneAccount(record.description());
      List<TableArn> all = new ArrayList<>(replicas(record.description()));
      all.add(association.replica());
      ReplicationPolicy.of(record).require(all);
      AssociationRules.refuseSecond(record.description(), association.replica());
      TableRecord agreed =
          association.step() == Association.Step.ADD
              ? tables.associate(
                  record, association.replica(), scalings.apply(association.member()))
              : record;
      return new Association.Answer.Agreed(agreed.description());
    } catch (ApiException refusal) {
      return new Association.Answer.Refused(refusal);
    }
  }

  private static Optional<PolicyDocument> policy(TableRecord record) {
    return record.policies().ofTable().flatMap(ResourcePolicy::document);
  }

  /** Returns the ARNs of a table and of all other replicas that it knows. */
  static List<TableArn> replicas(TableDescription table) {
    List<TableArn> replicas = new ArrayList<>(List.of(table.arn()));
    Optional<GlobalTable> global = table.global();
    Region own = table.arn().owner().region();
    for (Member member : global.map(each -> each.others(own)).orElse(List.of())) {
      replicas.add(global.get().replica(table.arn(), member.region()));
    }
    return replicas;
  }

  /**
   * Requires that the policy of the replica allows the caller to add another one. The caller's own
   * policies were judged before, where the request arrived.
   */
  private static void requireAllowed(Association association, Optional<PolicyDocument> policy) {
    AuthorizationRequest request =
        new AuthorizationRequest(
            association.caller().requester(),
            Action.ASSOCIATE_TABLE_REPLICA.iamName(),
            association.member().toString(),
            association.member().owner().account(),
            new ContextKeys(association.caller().keys()));
    Verdict verdict =
        Evaluator.evaluateResource(
            request,
            Policies.NONE.withResource(
                policy.map(each -> new AttachedPolicy(request.resource(), each))));
    if (!verdict.isAllowed()) {
      throw new AccessDeniedException(verdict.denial(request));
    }
  }
}
