package org.ostraka.server.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The services of one server, of which a request's target chooses one. Immutable. */
public final class Services {
  private final Service main;
  private final Map<String, Choice> choices;

  /** An operation, and the service that it belongs to. */
  public record Choice(Service service, Operation operation) {}

  private Services(Service main, Map<String, Choice> choices) {
    this.main = main;
    this.choices = Map.copyOf(choices);
  }

  /**
   * Makes a registry of these services.
   *
   * @param main the service that answers requests whose target is unknown
   * @throws IllegalArgumentException when two services have the same target
   */
  public static Services of(Service main, Service... others) {
    Map<String, Choice> choices = new HashMap<>();
    add(choices, main);
    for (Service other : others) {
      add(choices, other);
    }
    return new Services(main, choices);
  }

  /** Returns what an {@code X-Amz-Target} names; empty when no service has such an operation. */
  public Optional<Choice> choose(String target) {
    return Optional.ofNullable(choices.get(target));
  }

  /** Returns the service that answers requests whose target is unknown. */
  public Service main() {
    return main;
  }

  /** Returns the targets of all operations. */
  public Set<String> targets() {
    return choices.keySet();
  }

  /** Refuses a body that is not JSON; the service does so before it looks at anything else. */
  public void requireJson(byte[] body) {
    main.requireJson(body);
  }

  private static void add(Map<String, Choice> choices, Service service) {
    service
        .operations()
        .forEach((target, operation) -> {
          if (choices.put(target, new Choice(service, operation)) != null) {
            throw new IllegalArgumentException("two services have the target " + target);
          }
        });
  }
}
