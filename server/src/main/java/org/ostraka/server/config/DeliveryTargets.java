package org.ostraka.server.config;

import java.net.URI;
import java.util.Optional;
import org.ostraka.delivery.settings.DeliverySettings;

/**
 * Who gets the changes of tables besides the readers of streams. Immutable.
 *
 * @param kinesisEndpoint where Kinesis data streams are; empty when there are none
 * @param configured functions and brokers
 */
public record DeliveryTargets(Optional<URI> kinesisEndpoint, DeliverySettings configured) {
  /** Nobody. */
  public static final DeliveryTargets NONE =
      new DeliveryTargets(Optional.empty(), DeliverySettings.NONE);
}
