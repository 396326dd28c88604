package org.ostraka.server.config;

import java.net.URI;
import java.util.Optional;
import org.ostraka.delivery.settings.DeliverySettings;

/**
 * Who gets the changes of tables besides the readers of streams. Immutable.
 *
 * @param kinesisEndpoint where Kinesis data streams are; empty when there are none
 * @param configured functions and brokers
 * @param peers regions of other processes
 */
public record DeliveryTargets(
    Optional<URI> kinesisEndpoint, DeliverySettings configured, PeerSettings peers) {
  /** Nobody. */
  public static final DeliveryTargets NONE =
      new DeliveryTargets(Optional.empty(), DeliverySettings.NONE, PeerSettings.NONE);
}
