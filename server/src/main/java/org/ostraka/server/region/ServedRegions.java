package org.ostraka.server.region;

import java.util.Optional;
import java.util.function.Predicate;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/**
 * The regions of this process, as other processes may use them. Any thread.
 *
 * <p>A call for a region that is not served here came by a wrong URL, and is refused. The answer
 * that there is no such table would say that the replica has left, and its own region would delete
 * it.
 *
 * @param own the regions of this process
 * @param serves returns whether a region is served here
 */
public record ServedRegions(Peer own, Predicate<Region> serves) implements Peer {

  @Override
  public Optional<Table> find(TableArn table) {
    return serving(table).find(table);
  }

  @Override
  public Optional<GroupMessage> tell(GroupMessage message) {
    return serving(message.to()).tell(message);
  }

  @Override
  public Association.Answer associate(Association association) {
    return serving(association.member()).associate(association);
  }

  @Override
  public Optional<Integer> apply(ChangeBatch batch) {
    return serving(batch.to()).apply(batch);
  }

  private Peer serving(TableArn table) {
    Region region = table.owner().region();
    if (!serves.test(region)) {
      throw new PeerException("region " + region + " is not served here: the URL is a wrong one");
    }
    return own;
  }
}
