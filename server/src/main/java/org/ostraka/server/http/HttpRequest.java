package org.ostraka.server.http;

import java.util.Objects;
import java.util.Optional;
import org.ostraka.engine.load.Room;

/**
 * A complete request. The arrays are not copied, since they hold up to 16 MB: nobody may change
 * them.
 *
 * @param method the method as sent, upper case by convention
 * @param path the path as sent, still percent-encoded, without the query
 * @param query the query as sent, without the question mark; empty when there was none
 * @param headers the header fields
 * @param body the body, inflated
 * @param wireBody the body as sent, which is what a signature covers; the same array as {@code
 *     body} unless compressed
 * @param answerRoom room for the answer
 * @param peer the client's end of the connection
 * @param requestId the id that the answer will have
 */
public record HttpRequest(
    String method,
    String path,
    Optional<String> query,
    HttpHeaders headers,
    byte[] body,
    byte[] wireBody,
    Room answerRoom,
    Peer peer,
    String requestId) {

  /** Refuses null. */
  public HttpRequest {
    Objects.requireNonNull(method);
    Objects.requireNonNull(path);
    Objects.requireNonNull(query);
    Objects.requireNonNull(headers);
    Objects.requireNonNull(body);
    Objects.requireNonNull(wireBody);
    Objects.requireNonNull(answerRoom);
    Objects.requireNonNull(peer);
    Objects.requireNonNull(requestId);
  }

  /** Makes a request from this machine with room for its answer. */
  public HttpRequest(
      String method,
      String path,
      Optional<String> query,
      HttpHeaders headers,
      byte[] body,
      byte[] wireBody,
      Room answerRoom) {
    this(method, path, query, headers, body, wireBody, answerRoom, Peer.loopback(), "");
  }

  /** Makes a request without a query and without compression. */
  public HttpRequest(String method, String path, HttpHeaders headers, byte[] body) {
    this(method, path, Optional.empty(), headers, body, body, Room.ENDLESS);
  }
}
