package org.ostraka.engine.region;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.AccessDeniedException;

/**
 * Whether the policy of a replica allows the replication between accounts: what the policy says
 * now, and what the global table has noted. The note is a setting that all replicas have: the time
 * since when the policy does not allow it. Immutable.
 *
 * <p>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables_MA_security.html
 *
 * @param region the replica's region
 * @param allowed whether the policy allows it now
 * @param since the time that is noted; absent when the note says that the policy allows it
 */
public record Authorization(Region region, boolean allowed, Optional<Instant> since) {
  /** A replica that is not authorized for this long leaves the global table. */
  private static final Duration GRACE_PERIOD = Duration.ofHours(20);

  static Authorization of(TableRecord record) {
    GlobalTable global = record.description().global().orElseThrow();
    Region own = record.description().arn().owner().region();
    return new Authorization(
        own, ReplicationPolicy.of(record).allowsAll(global), global.notAuthorizedSince(own));
  }

  /** Returns whether a setting is the note about a region's replica. */
  static boolean isOf(Region region, String name) {
    return name.equals(GlobalTable.notAuthorized(region));
  }

  /** Returns whether the note says what the policy says. */
  boolean isNoted() {
    return allowed == since.isEmpty();
  }

  /** Returns the note as it should be. */
  Map<String, String> note(Instant now) {
    return Map.of(GlobalTable.notAuthorized(region), allowed ? "" : now.toString());
  }

  /** Returns whether the replica has not been authorized for so long that it leaves. */
  boolean hasExpired(Instant now) {
    return !allowed && since.filter(begin -> !now.isBefore(begin.plus(GRACE_PERIOD))).isPresent();
  }

  /**
   * Refuses a change of settings that the policy of some replica keeps from being replicated.
   *
   * @throws AccessDeniedException when it does
   */
  public static void requireSettings(TableRecord record) {
    TableDescription table = record.description();
    Optional<GlobalTable> global = table.global().filter(GlobalTable::hasSeveralAccounts);
    if (global.isEmpty()) {
      return;
    }
    ReplicationPolicy.of(record).require(Associations.replicas(table));
    for (Member member : global.get().others(table.arn().owner().region())) {
      if (global.get().notAuthorizedSince(member.region()).isPresent()) {
        throw new AccessDeniedException(
            "The resource-based policy of "
                + global.get().replica(table.arn(), member.region())
                + " does not allow "
                + ReplicationPolicy.SETTINGS);
      }
    }
  }
}
