package org.ostraka.engine.region;

import java.util.Optional;
import org.ostraka.model.TableArn;

/**
 * Other regions that one process or deployment serves. Any thread. Every method may be repeated:
 * doing it twice does the same as doing it once.
 *
 * <p>All methods throw {@link PeerException} when the region cannot be reached or does not answer;
 * it may have done what was asked.
 */
public interface Peer {
  /**
   * A table of the region.
   *
   * @param deletionProtected whether it must not be deleted
   */
  record Table(boolean deletionProtected) {}

  /** Returns the table of an ARN as it is now; empty when there is none. */
  Optional<Table> find(TableArn table);

  /**
   * Tells a replica what another one knows of their global table. A replica of the same account
   * that is to join is created.
   *
   * @return what the told replica knows now; empty when the region has no such replica
   */
  Optional<GroupMessage> tell(GroupMessage message);

  /**
   * Asks a replica whether a table of another account may become a replica, too, or lets it add
   * that table; see {@link Association}.
   *
   * @return the replica's answer
   */
  Association.Answer associate(Association association);

  /**
   * Applies changes durably. A change that finds a later one has no effect.
   *
   * @return how many of them found a later one; empty when the region has no such replica, or not
   *     yet, or when the replica's policy does not allow them
   * @throws PeerException also when a change is refused because it cannot be true; none is applied
   */
  Optional<Integer> apply(ChangeBatch batch);
}
