package org.ostraka.engine.encryption;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.Owner;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.EncryptionSpecification;

/**
 * A change of a table's encryption. The table stays active meanwhile and shows its old key.
 * Immutable.
 *
 * <p>Q-065, Q-079, Q-081, Q-082, Q-140 and Q-141 measured it (October 2026).
 *
 * @param now when the change begins
 * @param due when the change is over
 */
public record EncryptionChange(EncryptionKeys keys, Instant now, Instant due) {

  /** Returns the encryption of a new table; empty for the default encryption. */
  public static Optional<EncryptionDescription> ofNewTable(
      EncryptionKeys keys, Owner owner, EncryptionSpecification wanted) {
    return EncryptionRules.asksForKey(wanted)
        ? Optional.of(
            new EncryptionDescription(Optional.of(keys.usable(owner, wanted.keyId())), false))
        : Optional.empty();
  }

  /** Returns the record with the change in progress. */
  public TableRecord apply(Owner owner, TableRecord record, EncryptionSpecification wanted) {
    Optional<EncryptionDescription> old = record.description().encryption();
    refuseBusy(old);
    refuseUnchanged(old, wanted);
    List<Instant> updates = EncryptionLimit.counted(record.encryptionUpdates(), now);
    Optional<EncryptionDescription> next = ofNewTable(keys, owner, wanted);
    EncryptionDescription meanwhile =
        new EncryptionDescription(old.flatMap(EncryptionDescription::keyArn), true);
    Effect effect =
        new Effect(
            table -> table.withEncryption(Optional.of(meanwhile)),
            table -> table.withEncryption(next));
    return record.changing(effect, due).withEncryptionUpdates(updates);
  }

  private static void refuseBusy(Optional<EncryptionDescription> old) {
    if (old.filter(EncryptionDescription::isUpdating).isPresent()) {
      throw ResourceInUseException.whileChanging("Server-Side Encryption is still being updated");
    }
  }

  /**
   * Refuses a request for what the table has. A key is compared with its ARN only: the same key by
   * its id or alias is a change.
   */
  private static void refuseUnchanged(
      Optional<EncryptionDescription> old, EncryptionSpecification wanted) {
    if (!EncryptionRules.asksForKey(wanted) && old.isEmpty()) {
      throw ValidationException.ofParameters("Table is already encrypted by default");
    }
    Optional<String> key = old.flatMap(EncryptionDescription::keyArn);
    if (wanted.keyId() != null && key.equals(Optional.of(wanted.keyId()))) {
      throw ValidationException.ofParameters(
          "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if"
              + " you want to change Master Key");
    }
  }
}
