package org.ostraka.server.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services of the query protocol, of which a request chooses one. They are made at the first
 * request: few servers get one, and each would have 100 classes more (decision 9). Any thread.
 */
public final class QueryServices {
  private final Supplier<List<QueryService>> maker;
  private volatile @Nullable List<QueryService> made;

  /**
   * Prepares the services.
   *
   * @param maker makes them; is called once
   */
  public QueryServices(Supplier<List<QueryService>> maker) {
    this.maker = maker;
  }

  /**
   * Returns the service of a request: that of the scope of its signature or, without a signature,
   * that of its version. Empty when it is none of these.
   */
  Optional<QueryService> choose(Optional<String> scope, Form form) {
    Optional<String> version = form.child("Version").flatMap(Form::value);
    return services().stream()
        .filter(service ->
            scope
                .map(service.scope()::equals)
                .orElseGet(() -> version.filter(service.version()::equals).isPresent()))
        .findFirst();
  }

  private List<QueryService> services() {
    List<QueryService> services = made;
    return services == null ? make() : services;
  }

  private synchronized List<QueryService> make() {
    List<QueryService> services = made;
    if (services == null) {
      services = maker.get();
      made = services;
    }
    return services;
  }
}
