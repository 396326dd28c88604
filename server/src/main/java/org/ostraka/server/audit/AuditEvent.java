package org.ostraka.server.audit;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.server.http.Peer;

/**
 * Something that somebody asked for. Immutable.
 *
 * @param time when it was asked for
 * @param operation what was asked for
 * @param sender who asked
 * @param region the region
 * @param peer from where
 * @param userAgent what the client says of itself
 * @param parameters the parameters that may be shown, and the resources that they name
 * @param failure why it was refused; empty when it was done
 * @param requestId the id of the request
 * @param eventId the id of the event
 * @param notRecorded the refused requests since the event before that are not recorded
 */
public record AuditEvent(
    Instant time,
    AuditedOperation operation,
    Sender sender,
    String region,
    Peer peer,
    String userAgent,
    Parameters parameters,
    Optional<Failure> failure,
    String requestId,
    String eventId,
    long notRecorded) {
  /** Refuses null. */
  public AuditEvent {
    Objects.requireNonNull(time);
    Objects.requireNonNull(operation);
    Objects.requireNonNull(sender);
    Objects.requireNonNull(region);
    Objects.requireNonNull(peer);
    Objects.requireNonNull(userAgent);
    Objects.requireNonNull(parameters);
    Objects.requireNonNull(failure);
    Objects.requireNonNull(requestId);
    Objects.requireNonNull(eventId);
  }

  /** Who sent a request. */
  public sealed interface Sender {
    /** A request that was not authenticated. */
    record Unknown() implements Sender {}

    /** A request with a signature, or of a server that takes any credentials. */
    record Signer(Caller caller) implements Sender {}

    /**
     * A request with a token that was verified.
     *
     * @param account the account of the provider
     * @param provider the ARN of the OpenID Connect provider that issued the token
     * @param client the client that the token is for
     * @param subject whom the provider has identified
     */
    record WebIdentity(AccountId account, String provider, String client, String subject)
        implements Sender {}
  }

  /**
   * The parameters of a request, without contents of items and without values of keys.
   *
   * @param json an object, or {@code null}
   * @param resources the names or ARNs of tables and streams
   */
  public record Parameters(String json, List<String> resources) {
    /** No parameters. */
    public static final Parameters NONE = new Parameters("null", List.of());

    /** Copies the resources. */
    public Parameters {
      resources = List.copyOf(resources);
    }
  }

  /**
   * Why a request was refused.
   *
   * @param code the name of the error
   * @param message its text; empty if the text may show contents of items
   */
  public record Failure(String code, String message) {}
}
