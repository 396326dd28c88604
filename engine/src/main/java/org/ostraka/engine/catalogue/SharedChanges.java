package org.ostraka.engine.catalogue;

import java.util.List;
import org.ostraka.engine.lease.Servers;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Write;

/**
 * The way by which changes of accounts reach all servers that share a store: the catalogue's log.
 * Any thread.
 */
public final class SharedChanges {
  private final CatalogueLog log;
  private final Servers servers;

  SharedChanges(CatalogueLog log, Servers servers) {
    this.log = log;
    this.servers = servers;
  }

  /** Returns the record of a change, to be written by the decision that makes it. */
  public Write record(AccountId account, Principal actor) {
    return new Write.Append(CatalogueRows.LOG, new AccountChange(account, actor).encoded());
  }

  /**
   * Returns the guards of every decision of this server.
   *
   * @throws org.ostraka.storage.StorageFailedException when it has no term
   */
  public List<Guard> guards() {
    return Servers.guardsOfTerm(servers);
  }

  /** Waits until every server has seen the changes that are stored. */
  public void awaitSeen() {
    servers.awaitSeen(log.newest());
  }

  /** Tells a listener of the changes that are stored from now on. */
  public void listen(AccountListener listener) {
    log.listen(listener);
  }
}
