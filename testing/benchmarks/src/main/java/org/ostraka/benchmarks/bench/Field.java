package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;
import org.ostraka.benchmarks.load.Probe;
import org.ostraka.benchmarks.workload.Tables;
import org.ostraka.benchmarks.workload.WorkloadKind;

/** The servers that are measured side by side, with their tables. One thread. */
final class Field implements AutoCloseable {
  private final BenchOptions options;
  private final PrintStream progress;
  private final Plans plans;
  private final Map<Target, Tables> targets = new LinkedHashMap<>();

  private Field(BenchOptions options, PrintStream progress) {
    this.options = options;
    this.progress = progress;
    this.plans = new Plans(options, options.shape(), options.keys());
  }

  /** Starts the servers; prints the name of a peer that cannot be started and skips it. */
  static Field open(BenchOptions options, Servers servers, boolean dynalite, PrintStream progress)
      throws IOException {
    Field field = new Field(options, progress);
    try {
      if (options.wantsOstraka()) {
        field.add(servers.ostraka());
      }
      options.urls().forEach((name, url) -> field.add(Target.running(name, url)));
      if (dynalite) {
        field.addDynalite(servers);
      }
      return field;
    } catch (IOException failure) {
      field.close();
      throw failure;
    }
  }

  Plans plans() {
    return plans;
  }

  List<Target> targets() {
    return List.copyOf(targets.keySet());
  }

  Optional<Target> named(String name) {
    return targets.keySet().stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /**
   * Makes the tables of a workload and returns the servers that accept its requests. Prints the
   * name of a server that refuses and skips it; a refusal by Ostraka is a failure.
   */
  List<Target> ready(WorkloadKind kind) throws IOException {
    List<Target> ready = new ArrayList<>();
    for (Map.Entry<Target, Tables> each : targets.entrySet()) {
      Target target = each.getKey();
      try {
        each.getValue().prepare(kind);
        probe(target, kind);
        ready.add(target);
      } catch (LoadFailedException refused) {
        if (target.name().equals(Servers.OSTRAKA)) {
          throw refused;
        }
        progress.printf("%s: %s skipped: %s%n", kind.title(), target.name(), refused.getMessage());
      } catch (IOException unreachable) {
        throw new IOException(
            "%s at %s: %s".formatted(target.name(), target.endpoint(), unreachable.getMessage()),
            unreachable);
      }
    }
    return ready;
  }

  @Override
  public void close() throws IOException {
    for (Map.Entry<Target, Tables> each : targets.entrySet()) {
      if (each.getKey().process().isEmpty()) {
        each.getValue().drop();
      }
      each.getKey().close();
    }
  }

  private void add(Target target) {
    targets.put(
        target,
        new Tables(target.endpoint(), options.shape(), options.keys(), options.warmThroughput()));
  }

  private void addDynalite(Servers servers) {
    try {
      add(servers.dynalite());
    } catch (IOException missing) {
      progress.println("dynalite skipped: " + missing.getMessage());
    }
  }

  private void probe(Target target, WorkloadKind kind) throws IOException {
    for (Caller.Answer answer : Probe.answers(plans.plan(target, kind, 1))) {
      if (!answer.isSuccess()) {
        throw new LoadFailedException(
            target.name() + " refuses " + kind.title() + ": " + answer.summary());
      }
    }
  }
}
