package org.ostraka.engine.region;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Region;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ValidationException;

/**
 * Rules for the source of a replica of another account. Stateless.
 *
 * <p>The conditions are those of the Developer Guide. The texts are our own, since the service does
 * not document its texts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_MA_HowItWorks.html
 */
final class AssociationRules {
  private AssociationRules() {}

  /** Returns whether a replica is being added by its own account already. */
  static boolean isBeingAdded(TableRecord record, TableArn replica) {
    TableArn own = record.description().arn();
    Region region = replica.owner().region();
    return record
        .description()
        .global()
        .filter(GlobalTable::hasSeveralAccounts)
        .filter(global -> global.replica(own, region).equals(replica))
        .flatMap(global -> global.member(region))
        .filter(member -> member.state() == State.JOINING)
        .filter(member -> member.source().equals(own.owner().region()))
        .isPresent();
  }

  /** Refuses a table to which this replica cannot be added. */
  static void require(TableRecord record, TableArn replica, ScalingSettings scaling, Instant now) {
    TableDescription source = record.description();
    refuseUnlessStable(source);
    refuseOneAccount(source);
    Optional<GlobalTable> global = source.global();
    GlobalTableRules.refuseBusy(record, now);
    if (source.settingsReplication().filter(SettingsReplication.ENABLED::equals).isEmpty()) {
      throw invalid(
          "GlobalTableSettingsReplicationMode of " + source.arn() + " has to be ENABLED.");
    }
    GlobalTableRules.requireSettings(source, scaling);
    source.encryption().ifPresent(encryption -> refuseManagedKey(encryption, source.arn()));
    refuseSecond(source, replica);
    if (global.filter(each -> each.has(replica.owner().region())).isPresent()) {
      throw invalid(replica + " is a replica already.");
    }
  }

  /** Refuses a source that has replicas in its own account: such a table is not converted. */
  static void refuseOneAccount(TableDescription source) {
    if (source.global().filter(global -> !global.hasSeveralAccounts()).isPresent()) {
      throw invalid(source.arn() + " is a replica of a global table of one account.");
    }
  }

  private static void refuseUnlessStable(TableDescription source) {
    if (source.status() == TableStatus.CREATING) {
      throw ResourceInUseException.whileChanging("Table is being created: " + source.name());
    }
    if (source.status() == TableStatus.DELETING) {
      throw ResourceInUseException.whileChanging("Table is being deleted: " + source.name());
    }
  }

  /** Refuses the key that the service manages for an account: other accounts cannot use it. */
  static void refuseManagedKey(EncryptionDescription encryption, TableArn table) {
    if (encryption.keyArn().filter(SharedSettings.managedKey(table.owner())::equals).isPresent()) {
      throw invalid("A global table of several accounts cannot use the AWS managed key.");
    }
  }

  /** Refuses a second replica in an account or a Region. */
  static void refuseSecond(TableDescription table, TableArn replica) {
    if (table.global().isEmpty()) {
      return;
    }
    GlobalTable global = table.global().get();
    for (Member member : global.others(table.arn().owner().region())) {
      TableArn known = global.replica(table.arn(), member.region());
      if (known.equals(replica)) {
        continue;
      }
      if (member.region().equals(replica.owner().region())) {
        throw invalid("The global table has a replica in Region " + member.region() + " already.");
      }
      if (known.owner().account().equals(replica.owner().account())) {
        throw invalid(
            "The global table has a replica of account " + known.owner().account() + " already.");
      }
    }
  }

  private static ValidationException invalid(String why) {
    return ValidationException.ofParameters(why);
  }
}
