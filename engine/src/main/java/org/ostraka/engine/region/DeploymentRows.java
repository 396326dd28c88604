package org.ostraka.engine.region;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Region;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * The row in which a store remembers its {@link Deployment}. Part of the format on disk. Stateless.
 *
 * <pre>
 * partition "deployment"   the regions that are served, and those of other processes
 * </pre>
 */
final class DeploymentRows {
  /** The space of this row, beyond those of tables. */
  static final Space SPACE = new Space(Long.MAX_VALUE - 6);

  static final RowKey OWN =
      new RowKey(SPACE, KeyEncoding.encode(new AttributeValue.S("deployment")), Bytes.EMPTY);

  private static final String SERVED = "served";
  private static final String ELSEWHERE = "elsewhere";

  private DeploymentRows() {}

  static Write put(Deployment deployment) {
    return new Write.Put(
        OWN,
        ItemEncoding.encode(
            new Attributes()
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
    try {
      Attributes row = new Attributes(ItemEncoding.decode(value).attributes());
      return new Deployment(regions(row.texts(SERVED)), regions(row.texts(ELSEWHERE)));
    } catch (IllegalArgumentException broken) {
      throw new CorruptDataException("what the store remembers of its regions is damaged", broken);
    }
  }

  private static List<String> names(Collection<Region> regions) {
    return regions.stream().map(Region::value).sorted().toList();
  }

  private static Set<Region> regions(List<String> names) {
    return names.stream().map(Region::new).collect(Collectors.toUnmodifiableSet());
  }
}
