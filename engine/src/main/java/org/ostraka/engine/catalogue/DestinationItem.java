package org.ostraka.engine.catalogue;

import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.StreamingDestinationStatus;
import org.ostraka.model.TimePrecision;

/** A destination as part of a table's record. Part of the format on disk. Stateless. */
final class DestinationItem {
  private static final String DESCRIPTION = "statusDescription";
  private static final String PRECISION = "precision";

  private DestinationItem() {}

  static Attributes of(StreamingDestination destination) {
    Attributes attributes =
        new Attributes()
            .text("streamArn", destination.streamArn())
            .text("status", destination.status().name());
    destination.statusDescription().ifPresent(text -> attributes.text(DESCRIPTION, text));
    destination.precision().ifPresent(precision -> attributes.text(PRECISION, precision.name()));
    return attributes;
  }

  static StreamingDestination destination(Attributes attributes) {
    return new StreamingDestination(
        attributes.text("streamArn"),
        StreamingDestinationStatus.valueOf(attributes.text("status")),
        attributes.optionalText(DESCRIPTION),
        attributes.optionalText(PRECISION).map(TimePrecision::valueOf));
  }
}
