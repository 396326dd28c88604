package org.ostraka.engine.scaling;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ostraka.model.scaling.ScalingPolicy;

/**
 * Makes the unique parts of names. Any thread.
 *
 * @param uuids makes random numbers
 */
record ScalingIds(Supplier<UUID> uuids) {
  /** Returns 36 digits, as the ARNs of scalable targets end with. */
  String target() {
    String digits = uuids.get().toString().replace("-", "");
    return "0" + uuids.get().toString().replace("-", "").substring(0, 3) + digits;
  }

  String next() {
    return uuids.get().toString();
  }

  List<String> alarms() {
    return Stream.generate(this::next).limit(ScalingPolicy.Alarm.values().length).toList();
  }
}
