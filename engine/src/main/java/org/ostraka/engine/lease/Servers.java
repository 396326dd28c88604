package org.ostraka.engine.lease;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Position;
import org.ostraka.storage.StorageFailedException;

/**
 * What a server knows of the servers that share its store, itself included. Any thread.
 *
 * <p>A server may rely on what it has read of the catalogue while it has a term. Whoever changes
 * the catalogue waits until all servers that have a term have seen the change.
 */
public interface Servers {
  /** The only server of its store. */
  Servers SOLE = new SoleServer();

  /** Returns the number of the server's present term; empty while it may not serve. */
  OptionalLong term();

  /** Returns the guards of every decision of this server: they fail once its term has ended. */
  List<Guard> guards();

  /**
   * Returns the guards of every decision of a server, which has to have a term.
   *
   * @throws StorageFailedException when it has none
   */
  static List<Guard> guardsOfTerm(Servers servers) {
    if (servers.term().isEmpty()) {
      throw new StorageFailedException(
          "this server has no term: it has not heard from the store for too long");
    }
    return servers.guards();
  }

  /**
   * Waits until every other server has seen the changes of the catalogue up to a position and has
   * finished the requests that began before, or until its term has ended.
   */
  void awaitSeen(Position change);

  /**
   * Takes a duty, or keeps it.
   *
   * @return the guards of the decisions of that duty; empty while another server does it
   */
  Optional<List<Guard>> hold(Duty duty);

  /** Returns whether other servers may change the store as well. */
  boolean isShared();
}
