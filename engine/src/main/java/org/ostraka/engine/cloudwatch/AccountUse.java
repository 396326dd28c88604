package org.ostraka.engine.cloudwatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;

/**
 * How much of its quotas an account has provisioned in a region. Immutable.
 *
 * @param reads the read units of all tables and indexes together
 * @param writes the write units of all tables and indexes together
 * @param mostReads the read units of the table or index that has most
 * @param mostWrites the write units of the table or index that has most
 */
public record AccountUse(long reads, long writes, long mostReads, long mostWrites) {
  private static final AccountUse NOTHING = new AccountUse(0, 0, 0, 0);

  /** Returns the use of each account and region that has one of the tables. */
  public static Map<Owner, AccountUse> of(List<OpenTable> tables) {
    Map<Owner, AccountUse> owners = new HashMap<>();
    for (OpenTable table : tables) {
      table
          .current()
          .map(TableRecord::description)
          .ifPresent(described -> {
            Owner owner = described.arn().owner();
            owners.put(owner, owners.getOrDefault(owner, NOTHING).with(described));
          });
    }
    return owners;
  }

  private AccountUse with(TableDescription table) {
    if (table.billing().mode() != BillingMode.PROVISIONED) {
      return this;
    }
    AccountUse use = with(table.throughput());
    for (GlobalIndex index : table.globalIndexes()) {
      use = use.with(index.throughput());
    }
    return use;
  }

  private AccountUse with(ProvisionedThroughput units) {
    return new AccountUse(
        reads + units.readUnits(),
        writes + units.writeUnits(),
        Math.max(mostReads, units.readUnits()),
        Math.max(mostWrites, units.writeUnits()));
  }
}
