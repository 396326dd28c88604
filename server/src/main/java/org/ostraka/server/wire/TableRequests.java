package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableClass;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.ThroughputUnits;

/** What the requests of several table operations have in common. Stateless. */
final class TableRequests {
  private TableRequests() {}

  static @Nullable ThroughputUnits throughput(Members request) {
    Members units = request.structure("ProvisionedThroughput");
    return units == null
        ? null
        : new ThroughputUnits(
            units.requiredWhole("ReadCapacityUnits"), units.requiredWhole("WriteCapacityUnits"));
  }

  /** The maximum, or null also when the structure asks for nothing. */
  static @Nullable OnDemandMaximum onDemandMaximum(Members request) {
    Members units = request.structure("OnDemandThroughput");
    return units == null || units.values().isEmpty()
        ? null
        : new OnDemandMaximum(
            units.whole("MaxReadRequestUnits"), units.whole("MaxWriteRequestUnits"));
  }

  static @Nullable TableClass tableClass(Members request) {
    String text = request.text("TableClass");
    if (text == null) {
      return null;
    }
    try {
      return TableClass.valueOf(text);
    } catch (IllegalArgumentException _) {
      throw new ValidationException(
          "Invalid table-class parameter provided. Please try again with a valid table-class value:"
              + " [STANDARD, STANDARD_INFREQUENT_ACCESS].");
    }
  }
}
