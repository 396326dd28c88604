package org.ostraka.engine.cloudwatch;

import java.util.List;
import org.ostraka.engine.metric.UserErrors;

/**
 * Reads the counters of requests that were refused.
 *
 * @param errors the counters
 */
public record UserErrorReadings(UserErrors errors) implements MetricReadings.Source {
  @Override
  public void read(MetricReadings readings) {
    errors
        .counts()
        .forEach((owner, count) ->
            readings.events(errors, owner, MetricName.USER_ERRORS, List.of(), count));
  }
}
