package org.ostraka.delivery.settings;

import java.util.List;

/** All triggers and sinks of a server. Immutable. */
public record DeliverySettings(List<TriggerSettings> triggers, List<SinkSettings> sinks) {
  /** No triggers, no sinks. */
  public static final DeliverySettings NONE = new DeliverySettings(List.of(), List.of());

  public DeliverySettings {
    triggers = List.copyOf(triggers);
    sinks = List.copyOf(sinks);
  }
}
