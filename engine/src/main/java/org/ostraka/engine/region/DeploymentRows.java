package org.ostraka.engine.region;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Region;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * The rows of a {@link Deployment} and of those in other regions. Part of the format on disk.
 * Stateless.
 *
 * <pre>
 * partition "deployment"            the deployment of the store
 * partition "peers"   sort region   the id of the deployment that serves another region
 * </pre>
 */
final class DeploymentRows {
  /** The space of these rows, beyond those of tables. */
  static final Space SPACE = new Space(Long.MAX_VALUE - 6);

  static final RowKey OWN = new RowKey(SPACE, text("deployment"), Bytes.EMPTY);

  private static final Bytes PEERS = text("peers");
  private static final String ID = "id";
  private static final String REGION = "region";
  private static final String SERVED = "served";
  private static final String ELSEWHERE = "elsewhere";

  private DeploymentRows() {}

  static Write put(Deployment deployment) {
    return new Write.Put(
        OWN,
        ItemEncoding.encode(
            new Attributes()
                .text(ID, deployment.id().toString())
                .texts(SERVED, names(deployment.served()))
                .texts(ELSEWHERE, names(deployment.elsewhere()))
                .item()));
  }

  /**
   * Reads the value of the row.
   *
   * @throws CorruptDataException when it is none
   */
  static Deployment deployment(Bytes value) {
    return decoded(
        value,
        row ->
            new Deployment(
                UUID.fromString(row.text(ID)),
                regions(row.texts(SERVED)),
                regions(row.texts(ELSEWHERE))));
  }

  /** The deployment that serves another region. Immutable. */
  record OfPeer(Region region, UUID id) {}

  /** Returns the key of the deployment that serves a region. */
  static RowKey peer(Region region) {
    return new RowKey(SPACE, PEERS, text(region.value()));
  }

  static boolean isOfPeer(RowKey key) {
    return key.partition().equals(PEERS);
  }

  static Range peers() {
    return Range.OfPartition.all(SPACE, PEERS, Direction.FORWARD);
  }

  static Write put(OfPeer peer) {
    return new Write.Put(
        peer(peer.region()),
        ItemEncoding.encode(
            new Attributes()
                .text(REGION, peer.region().value())
                .text(ID, peer.id().toString())
                .item()));
  }

  /**
   * Reads the value of a peer's row.
   *
   * @throws CorruptDataException when it is none
   */
  static OfPeer peer(Bytes value) {
    return decoded(
        value, row -> new OfPeer(new Region(row.text(REGION)), UUID.fromString(row.text(ID))));
  }

  private static <T> T decoded(Bytes value, Function<Attributes, T> read) {
    try {
      return read.apply(new Attributes(ItemEncoding.decode(value).attributes()));
    } catch (IllegalArgumentException broken) {
      throw new CorruptDataException("what the store remembers of regions is damaged", broken);
    }
  }

  private static Bytes text(String value) {
    return KeyEncoding.encode(new AttributeValue.S(value));
  }

  private static List<String> names(Collection<Region> regions) {
    return regions.stream().map(Region::value).sorted().toList();
  }

  private static Set<Region> regions(List<String> names) {
    return names.stream().map(Region::new).collect(Collectors.toUnmodifiableSet());
  }
}
