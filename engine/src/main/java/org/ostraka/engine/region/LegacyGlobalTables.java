package org.ostraka.engine.region;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.model.Caller;
import org.ostraka.model.error.GlobalTableNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.LegacyGlobalTable;
import org.ostraka.model.operation.ListGlobalTables;

/**
 * Carries out the operations on global tables of version 2017.11.29: none is created, so none
 * exists. Any thread.
 *
 * <p>Q-442 and Q-448 measured the texts (October 2026); crossplane-contrib/provider-aws issue 2308
 * and aws-controllers-k8s/dynamodb-controller pull request 167 show the first.
 */
public final class LegacyGlobalTables {
  private final Gate gate;

  public LegacyGlobalTables(Gate gate) {
    this.gate = gate;
  }

  /** Refuses to create a global table. */
  public LegacyGlobalTable.Response create(Caller caller, LegacyGlobalTable.Request request) {
    gate.admit(caller, Action.CREATE_GLOBAL_TABLE, request.name());
    throw ValidationException.ofParameters(
        "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB"
            + " global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).");
  }

  /** Refuses to change a global table, since there is none. */
  public LegacyGlobalTable.Response update(Caller caller, LegacyGlobalTable.Request request) {
    gate.admit(caller, Action.UPDATE_GLOBAL_TABLE, request.name());
    if (request.changes() == 0) {
      throw new ValidationException("One or more parameter values were invalid");
    }
    throw absent("", request);
  }

  /** Refuses to describe a global table, since there is none. */
  public LegacyGlobalTable.Response describe(Caller caller, LegacyGlobalTable.Request request) {
    gate.admit(caller, Action.DESCRIBE_GLOBAL_TABLE, request.name());
    throw absent("Global table not found: ", request);
  }

  /** Refuses to describe the settings of a global table, since there is none. */
  public LegacyGlobalTable.Response describeSettings(
      Caller caller, LegacyGlobalTable.Request request) {
    gate.admit(caller, Action.DESCRIBE_GLOBAL_TABLE_SETTINGS, request.name());
    throw absent("", request);
  }

  /** Refuses to change the settings of a global table, since there is none. */
  public LegacyGlobalTable.Response updateSettings(
      Caller caller, LegacyGlobalTable.Request request) {
    gate.admit(caller, Action.UPDATE_GLOBAL_TABLE_SETTINGS, request.name());
    throw absent("", request);
  }

  /** Returns the empty list of global tables. */
  public ListGlobalTables.Response list(Caller caller, ListGlobalTables.Request request) {
    gate.admit(caller, Action.LIST_GLOBAL_TABLES);
    return new ListGlobalTables.Response();
  }

  private static GlobalTableNotFoundException absent(
      String beginning, LegacyGlobalTable.Request request) {
    return new GlobalTableNotFoundException(
        beginning + "Global table with name: '" + request.name() + "' does not exist.");
  }
}
