package org.ostraka.server.admin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.metric.UserErrors;

/**
 * All metrics, as Prometheus reads them. Any thread.
 *
 * <p>Requests count in counters of their own, which are read when Prometheus asks: nothing of the
 * metrics library is on the way of a request. Tables come and go, so each scrape looks which there
 * are. The Java machine's own metrics are Micrometer's.
 */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<List<OpenTable>> tables;
  private final UserErrors errors;
  private final ProcessFamilies process;
  private final InstantSource clock;

  /**
   * Makes the metrics.
   *
   * @param tables returns the tables that there are
   * @param errors counts requests that were refused
   */
  public Metrics(
      Supplier<List<OpenTable>> tables,
      UserErrors errors,
      ProcessFamilies process,
      InstantSource clock) {
    this.clock = clock;
    this.tables = tables;
    this.errors = errors;
    this.process = process;
    bind(registry);
    registry.getPrometheusRegistry().register(this::collect);
  }

  private static void bind(MeterRegistry registry) {
    List<MeterBinder> binders =
        List.of(
            new ClassLoaderMetrics(),
            new FileDescriptorMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics());
    binders.forEach(binder -> binder.bindTo(registry));
  }

  private MetricSnapshots collect() {
    Families families = new Families();
    List<OpenTable> present = tables.get();
    TableFamilies ofTables = new TableFamilies(families, clock);
    present.forEach(ofTables::add);
    AccountFamilies ofAccounts = new AccountFamilies(families);
    ofAccounts.add(present);
    ofAccounts.add(errors);
    process.add(families);
    return families.all();
  }

  /** Returns all metrics in the text format of Prometheus. */
  public String text() {
    return registry.scrape();
  }
}
