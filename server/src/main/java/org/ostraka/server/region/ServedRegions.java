package org.ostraka.server.region;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.Deployments;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/**
 * The regions of this process, for other processes. A call that is for another region, or from a
 * region of this process, came by a wrong URL and is refused: the answer that there is no such
 * table would be taken for a replica that has left. So is a call of another deployment than the one
 * that is known to serve its region. Any thread.
 *
 * @param own the regions of this process
 * @param serves tells whether a region is one of this process
 * @param names names the regions of this process in messages
 * @param deployments knows the own deployment and those of other regions
 * @param sender the deployment that calls; empty when it does not name itself
 */
public record ServedRegions(
    Peer own,
    Predicate<Region> serves,
    Supplier<String> names,
    Deployments deployments,
    Optional<UUID> sender)
    implements Peer {
  /** Makes the regions for processes that do not name their deployments. */
  public ServedRegions(
      Peer own, Predicate<Region> serves, Supplier<String> names, Deployments deployments) {
    this(own, serves, names, deployments, Optional.empty());
  }

  /** Returns the regions for a process that names its deployment. */
  ServedRegions calledBy(Optional<UUID> deployment) {
    return new ServedRegions(own, serves, names, deployments, deployment);
  }

  @Override
  public Optional<Table> find(TableArn table) {
    requireServed(table);
    return own.find(table);
  }

  @Override
  public Optional<GroupMessage> tell(GroupMessage message) {
    requireServed(message.to());
    requireOther(message.from());
    return own.tell(message);
  }

  @Override
  public Association.Answer associate(Association association) {
    requireServed(association.member());
    requireOther(association.replica().owner().region());
    return own.associate(association);
  }

  @Override
  public Optional<Integer> apply(ChangeBatch batch) {
    requireServed(batch.to());
    requireOther(batch.from());
    return own.apply(batch);
  }

  private void requireServed(TableArn table) {
    Region region = table.owner().region();
    if (!serves.test(region)) {
      throw new WrongRegionException(
          "region " + region + " is not served here, but " + names.get());
    }
  }

  private void requireOther(Region region) {
    if (serves.test(region)) {
      throw new WrongRegionException(
          "region " + region + " sends, but is served here too: " + names.get());
    }
    sender.ifPresent(deployment -> deployments.verify(region, deployment));
  }
}
