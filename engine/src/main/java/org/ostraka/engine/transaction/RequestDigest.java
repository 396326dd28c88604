package org.ostraka.engine.transaction;

import java.util.List;
import java.util.function.Function;
import org.ostraka.engine.encoding.Fingerprint;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.model.operation.WriteCondition;

/**
 * The digest of what a transaction requests: a number of 256 bits that is the same for the same
 * actions. The order of members, of attributes, and of the elements of sets does not count, and
 * neither does the capacity that the caller wants to see. Part of the format on disk. Stateless.
 */
final class RequestDigest {
  private RequestDigest() {}

  /**
   * Returns the digest of a transaction's actions.
   *
   * @param tables returns the table to which a name or ARN refers
   */
  static Bytes of(List<Action.OnItem> actions, Function<String, TableArn> tables) {
    Fingerprint digest = new Fingerprint();
    for (Action.OnItem action : actions) {
      digest.text(tables.apply(action.tableName()).toString());
      add(digest, action);
      add(digest, action.condition());
    }
    return digest.sha256();
  }

  private static void add(Fingerprint digest, Action.OnItem action) {
    switch (action) {
      case Action.Put put -> {
        digest.mark('P');
        digest.attributes(put.item().attributes());
      }
      case Action.Update update -> {
        digest.mark('U');
        digest.attributes(update.key().attributes());
        digest.text(update.expression());
      }
      case Action.Delete delete -> {
        digest.mark('D');
        digest.attributes(delete.key().attributes());
      }
      case Action.ConditionCheck check -> {
        digest.mark('C');
        digest.attributes(check.key().attributes());
      }
    }
  }

  private static void add(Fingerprint digest, WriteCondition condition) {
    digest.text(condition.expression());
    digest.flag(condition.returnsItem());
    digest.texts(condition.substitutions().names());
    digest.attributes(condition.substitutions().values());
  }
}
