package org.ostraka.server.query;

import java.util.List;
import java.util.Optional;

/** The services of the query protocol, of which a request chooses one. Immutable. */
public final class QueryServices {
  private final List<QueryService> services;

  public QueryServices(QueryService... services) {
    this.services = List.of(services);
  }

  /**
   * Returns the service of a request: that of the scope of its signature or, without a signature,
   * that of its version. Empty when it is none of these.
   */
  Optional<QueryService> choose(Optional<String> scope, Form form) {
    Optional<String> version = form.child("Version").flatMap(Form::value);
    return services.stream()
        .filter(service ->
            scope
                .map(service.scope()::equals)
                .orElseGet(() -> version.filter(service.version()::equals).isPresent()))
        .findFirst();
  }
}
