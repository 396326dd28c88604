package org.ostraka.engine.region;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.CrossAccountCaller;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;

/** Creates replicas of tables of other accounts. Any thread. */
public final class AccountReplicas {
  private final GlobalTables tables;
  private final Peers peers;

  public AccountReplicas(GlobalTables tables, Peers peers) {
    this.tables = tables;
    this.peers = peers;
  }

  /**
   * Adds a replica to its source. All existing replicas have to agree, and the policy of the new
   * one has to allow the replication. The source forgets the replica after a minute if its table is
   * not created.
   *
   * @param caller returns the caller as the policy of an existing replica knows it
   * @param policy the policy of the new replica
   * @return the source with the new replica
   */
  public TableDescription associate(
      TableArn source,
      TableArn replica,
      Function<TableArn, CrossAccountCaller> caller,
      Optional<PolicyDocument> policy) {
    Asking asking = new Asking(replica, caller);
    TableDescription found = asking.ask(source, Association.Step.CHECK);
    List<TableArn> members = Associations.replicas(found);
    List<TableArn> all = new ArrayList<>(members);
    all.add(replica);
    new ReplicationPolicy(replica, policy).require(all);
    for (TableArn member : members) {
      if (!member.equals(source) && !member.equals(replica)) {
        var _ = asking.ask(member, Association.Step.CHECK);
      }
    }
    TableDescription associated = asking.ask(source, Association.Step.ADD);
    if (!new HashSet<>(Associations.replicas(associated)).equals(new HashSet<>(all))) {
      throw new ResourceInUseException(
          "The resource which you are attempting to change is in use.");
    }
    return associated;
  }

  /** Returns the record of a new replica as the source describes its table. */
  public Function<Space, TableRecord> record(TableDescription source, TableArn replica) {
    return tables.change().joined(new GroupMessage(replica, source), tables.newId());
  }

  /** Refuses the key that the service manages for an account: other accounts cannot use it. */
  public static void refuseManagedKey(EncryptionDescription encryption, TableArn table) {
    AssociationRules.refuseManagedKey(encryption, table);
  }

  /** Asks existing replicas about one that is to be added. Immutable. */
  private final class Asking {
    private final TableArn replica;
    private final Function<TableArn, CrossAccountCaller> caller;

    Asking(TableArn replica, Function<TableArn, CrossAccountCaller> caller) {
      this.replica = replica;
      this.caller = caller;
    }

    /**
     * Returns the description of the replica that was asked.
     *
     * @throws org.ostraka.model.error.ApiException when it refuses
     * @throws StorageFailedException when its region cannot be reached
     */
    TableDescription ask(TableArn member, Association.Step step) {
      Association association = new Association(member, replica, caller.apply(member), step);
      String name = member.owner().region().value();
      Peer peer = peers.to(GlobalTableRules.region(replica, name, peers)).orElseThrow();
      return switch (answer(peer, association)) {
        case Association.Answer.Agreed(TableDescription description) -> description;
        case Association.Answer.Refused refused -> throw refused.error();
      };
    }

    private Association.Answer answer(Peer peer, Association association) {
      try {
        return peer.associate(association);
      } catch (PeerException unreachable) {
        throw new StorageFailedException(
            "region " + association.member().owner().region() + " cannot be reached", unreachable);
      }
    }
  }
}
