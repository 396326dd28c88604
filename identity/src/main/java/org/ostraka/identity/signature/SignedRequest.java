package org.ostraka.identity.signature;

import java.util.List;
import java.util.Optional;

/**
 * A request as received, as far as a signature covers it. The body is not copied: nobody may change
 * it.
 *
 * @param method the method as sent
 * @param path the path as sent, still percent-encoded, without the query
 * @param query the query as sent, without the question mark; empty when there was none
 * @param headers the header fields
 * @param body the body as sent, before it is inflated
 */
public record SignedRequest(
    String method, String path, String query, HeaderFields headers, byte[] body) {

  /** Returns the first value of a header, without blanks around it; empty when it is absent. */
  Optional<String> header(String name) {
    List<String> values = headers.all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst().strip());
  }
}
