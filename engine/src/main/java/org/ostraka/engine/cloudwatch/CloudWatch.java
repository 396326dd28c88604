package org.ostraka.engine.cloudwatch;

import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.model.cloudwatch.GetMetricData;
import org.ostraka.model.cloudwatch.GetMetricStatistics;
import org.ostraka.model.cloudwatch.ListMetrics;

/**
 * The operations of CloudWatch that read the metrics of DynamoDB. Any thread.
 *
 * <p>Their permissions concern no resource: "Actions, resources, and condition keys for Amazon
 * CloudWatch" in the Service Authorization Reference. One request is evaluated at a time, so that
 * the memory for points is that of one.
 */
public final class CloudWatch {
  private final MetricHistory history;
  private final InstantSource clock;
  private final Permissions permissions;
  private final ReentrantLock evaluation = new ReentrantLock();

  /** Makes the operations over what is kept. */
  public CloudWatch(MetricHistory history, InstantSource clock, Permissions permissions) {
    this.history = history;
    this.clock = clock;
    this.permissions = permissions;
  }

  /**
   * Reads metrics and expressions.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when the request is refused
   */
  public GetMetricData.Response getMetricData(Caller caller, GetMetricData.Request request) {
    require(caller, "GetMetricData");
    QueryCheck.check(request, caller.owner());
    evaluation.lock();
    try {
      history.collect();
      return new QueryEvaluation(history, caller.owner(), request, clock.instant().getEpochSecond())
          .page();
    } finally {
      evaluation.unlock();
    }
  }

  /**
   * Reads statistics of one metric.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when the request is refused
   */
  public GetMetricStatistics.Response getMetricStatistics(
      Caller caller, GetMetricStatistics.Request request) {
    require(caller, "GetMetricStatistics");
    MetricStatistics statistics = new MetricStatistics(request);
    history.collect();
    return statistics.of(history, caller.owner());
  }

  /**
   * Lists metrics.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when the request is refused
   */
  public ListMetrics.Response listMetrics(Caller caller, ListMetrics.Request request) {
    require(caller, "ListMetrics");
    MetricList list = new MetricList(request);
    history.collect();
    return list.of(history, caller.owner(), MetricHistory.minuteOf(clock.millis()));
  }

  private void require(Caller caller, String operation) {
    permissions.require(caller, "cloudwatch:" + operation, "*", Tags.NONE);
  }
}
