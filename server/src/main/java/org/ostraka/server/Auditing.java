package org.ostraka.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.model.Caller;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.PolicyNotFoundException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.TableNotFoundException;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.AuditEvent.Failure;
import org.ostraka.server.audit.AuditException;
import org.ostraka.server.audit.AuditLog;
import org.ostraka.server.audit.AuditSettings;
import org.ostraka.server.audit.AuditedOperation;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.wire.AuditParameters;
import org.ostraka.server.wire.JsonBody;
import org.ostraka.storage.rocksdb.DataDirectoryException;

/**
 * Records requests of the JSON API in the audit log. Any thread.
 *
 * @param log the log; empty when the server keeps none
 * @param clock the time of events
 * @param ids makes the ids of events
 */
record Auditing(Optional<AuditLog> log, InstantSource clock, Supplier<UUID> ids) {
  /** Records nothing. */
  static final Auditing NONE =
      new Auditing(Optional.empty(), InstantSource.system(), () -> new UUID(0, 0));

  /** Errors whose texts have no contents of items, even if the operation is one on items. */
  private static final Set<Class<? extends ApiException>> TEXTS_WITHOUT_CONTENTS =
      Set.of(
          AccessDeniedException.class,
          ConditionalCheckFailedException.class,
          LimitExceededException.class,
          PolicyNotFoundException.class,
          ResourceInUseException.class,
          ResourceNotFoundException.class,
          TableNotFoundException.class);

  private static final int MAX_MESSAGE_CHARS = 1024;
  private static final int KEY_BYTES = 32;

  /** Opens the log that an operator chose, if any. */
  static Auditing open(
      Optional<AuditSettings> settings, InstantSource clock, ThreadFactory threads, Parts parts)
      throws DataDirectoryException {
    if (settings.isEmpty()) {
      return NONE;
    }
    try {
      AuditLog log =
          AuditLog.open(settings.get(), clock, System::nanoTime, threads, Auditing::randomKey);
      return new Auditing(Optional.of(parts.add(log)), clock, UUID::randomUUID);
    } catch (AuditException unusable) {
      throw new DataDirectoryException(unusable.reason());
    }
  }

  private static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Returns the operation that a target names, such as {@code DynamoDB_20120810.GetItem}. */
  static AuditedOperation operation(String target) {
    int dot = target.indexOf('.');
    int version = target.indexOf('_');
    String digits = target.substring(version + 1, dot);
    return new AuditedOperation(
        "dynamodb.amazonaws.com",
        target.substring(dot + 1),
        digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6));
  }

  /**
   * Carries a request out and records it.
   *
   * @throws OverloadedException when it could not be recorded; nothing was done
   */
  JsonBody call(HttpRequest request, String target, Caller caller, Supplier<JsonBody> work) {
    if (log.isEmpty()) {
      return work.get();
    }
    AuditedOperation operation = operation(target);
    if (!log.get().records(operation)) {
      return work.get();
    }
    try (AuditLog.Place place = log.get().place(operation)) {
      try {
        JsonBody answer = work.get();
        place.record(event(request, operation, Optional.of(caller), Optional.empty(), 0));
        return answer;
      } catch (ApiException refusal) {
        Failure failure = failure(operation, refusal);
        place.record(event(request, operation, Optional.of(caller), Optional.of(failure), 0));
        throw refusal;
      } catch (OverloadedException refusal) {
        Failure failure = new Failure("ServiceUnavailable", "");
        place.record(event(request, operation, Optional.of(caller), Optional.of(failure), 0));
        throw refusal;
      } catch (RuntimeException | Error broken) {
        Failure failure = new Failure("InternalFailure", "");
        place.record(event(request, operation, Optional.of(caller), Optional.of(failure), 0));
        throw broken;
      }
    }
  }

  /** Records a request that was not authenticated. */
  void refused(HttpRequest request, String target, ApiException refusal) {
    if (log.isEmpty()) {
      return;
    }
    AuditedOperation operation = operation(target);
    if (log.get().records(operation)) {
      // The text of a wrong signature quotes the request, and an unknown sender has no region.
      Failure failure = new Failure(refusal.wireName(), "");
      log.get()
          .refused(omitted ->
              event(request, operation, Optional.empty(), Optional.of(failure), omitted));
    }
  }

  private AuditEvent event(
      HttpRequest request,
      AuditedOperation operation,
      Optional<Caller> caller,
      Optional<Failure> failure,
      long omitted) {
    return new AuditEvent(
        clock.instant(),
        operation,
        caller,
        caller.map(known -> known.owner().region().value()).orElse(""),
        request.peer(),
        request.headers().first("User-Agent").orElse(""),
        caller.isPresent()
            ? AuditParameters.of(operation, request.body())
            : AuditEvent.Parameters.NONE,
        failure,
        request.requestId(),
        ids.get().toString(),
        omitted);
  }

  private static Failure failure(AuditedOperation operation, ApiException refusal) {
    boolean mayShow =
        operation.isManagement() || TEXTS_WITHOUT_CONTENTS.contains(refusal.getClass());
    String text = mayShow ? refusal.text() : "";
    return new Failure(
        refusal.wireName(), text.substring(0, Math.min(text.length(), MAX_MESSAGE_CHARS)));
  }
}
