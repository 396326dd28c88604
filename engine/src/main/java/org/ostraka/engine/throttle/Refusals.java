package org.ostraka.engine.throttle;

import java.util.List;
import org.ostraka.model.ThrottlingReason;
import org.ostraka.model.ThrottlingReason.Subject;
import org.ostraka.model.error.ProvisionedThroughputExceededException;
import org.ostraka.model.error.RequestLimitExceeded;
import org.ostraka.model.error.ThrottledException;
import org.ostraka.model.error.ThrottlingException;

/**
 * The service's errors for throttled requests. Stateless.
 *
 * <p>The texts are those of "TransactionCanceledException" and "Error handling with DynamoDB" in
 * the API Reference and the Developer Guide.
 */
final class Refusals {
  private static final String TABLE =
      "The level of configured provisioned throughput for the table was exceeded. Consider"
          + " increasing your provisioning level with the UpdateTable API.";
  private static final String INDEX =
      "The level of configured provisioned throughput for one or more global secondary indexes of"
          + " the table was exceeded. Consider increasing your provisioning level for the"
          + " under-provisioned global secondary indexes with the UpdateTable API";
  private static final String ON_DEMAND =
      "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically"
          + " scaling your table or index so please try again shortly. If exceptions persist, check"
          + " if you have a hot key:"
          + " https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
  private static final String MAXIMUM =
      "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
  private static final String ACCOUNT =
      "Throughput exceeds the current throughput limit for your account. To request a limit"
          + " increase, contact AWS Support at https://aws.amazon.com/support";

  private Refusals() {}

  static ThrottledException of(ThrottlingReason reason, boolean provisioned) {
    List<ThrottlingReason> reasons = List.of(reason);
    return switch (reason.limit()) {
      case ACCOUNT -> new RequestLimitExceeded(ACCOUNT, reasons);
      case ON_DEMAND_MAXIMUM -> new ThrottlingException(MAXIMUM, reasons);
      case PROVISIONED, KEY_RANGE ->
          provisioned
              ? new ProvisionedThroughputExceededException(
                  reason.subject() == Subject.INDEX ? INDEX : TABLE, reasons)
              : new ThrottlingException(ON_DEMAND, reasons);
    };
  }
}
