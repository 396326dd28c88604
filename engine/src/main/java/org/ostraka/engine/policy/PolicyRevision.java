package org.ostraka.engine.policy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.ResourcePolicy;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedPolicy;
import org.ostraka.engine.gate.Gate;
import org.ostraka.model.Caller;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.PolicyNotFoundException;
import org.ostraka.model.error.ResourceInUseException;

/** What the changes of policies have in common. Stateless. */
final class PolicyRevision {
  /** The expected revision of a resource that must not have a policy. */
  private static final String NO_POLICY = "NO_POLICY";

  private PolicyRevision() {}

  /** Admits an action on a policy, and refuses a stream that does not exist. */
  static AdmittedPolicy admit(Gate gate, Caller caller, Action action, PolicyResource resource) {
    AdmittedPolicy admitted = gate.admitPolicy(caller, action, resource.table(), resource.label());
    resource
        .label()
        .filter(label ->
            admitted.stream().filter(each -> each.history().stream(label).isPresent()).isEmpty())
        .ifPresent(_ -> {
          throw resource.noStream();
        });
    return admitted;
  }

  /**
   * Refuses a present policy that has another revision than the request expects.
   *
   * <p>Q-205 and Q-209 measured the beginnings of the texts; their ends, and the text about a
   * policy that was expected to be absent, are ours.
   */
  static void requireExpected(
      Optional<ResourcePolicy> present, @Nullable String expected, PolicyResource resource) {
    Optional<String> revision =
        present.filter(policy -> policy.document().isPresent()).map(ResourcePolicy::revisionId);
    if (expected == null || revision.orElse(NO_POLICY).equals(expected)) {
      return;
    }
    String begin = "Requested update for policy with revision id " + expected + ", but ";
    String table = resource.table().table().toString();
    throw new PolicyNotFoundException(
        begin
            + (revision.isEmpty()
                ? "table " + table + " has no associated policy."
                : "the policy associated to target table " + table + " did not match."));
  }

  /** Refuses a table that is being deleted. */
  static void requireNotDeleting(TableRecord record) {
    if (record.description().status() == TableStatus.DELETING) {
      throw ResourceInUseException.whileChanging(
          "Table is being deleted: " + record.description().name());
    }
  }

  /** Returns the time of a change: now, or a millisecond after the change before. */
  static Instant next(InstantSource clock, Optional<ResourcePolicy> present) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant least = present.map(policy -> policy.changed().plusMillis(1)).orElse(now);
    return now.isBefore(least) ? least : now;
  }
}
