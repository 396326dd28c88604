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
import org.ostraka.server.audit.Recording;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.wire.AuditParameters;
import org.ostraka.server.wire.JsonBody;
import org.ostraka.server.wire.ScalingOperations;
import org.ostraka.storage.rocksdb.DataDirectoryException;

/**
 * Records requests of the JSON API in the audit log. Any thread.
 *
 * @param recording writes to the log
 */
record Auditing(Recording recording) {
  /** Records nothing. */
  static final Auditing NONE = new Auditing(Recording.NONE);

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
      return new Auditing(new Recording(Optional.of(parts.add(log)), clock, UUID::randomUUID));
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
    if (target.substring(0, dot).equals(ScalingOperations.TARGET_PREFIX)) {
      // "Log Application Auto Scaling API calls using AWS CloudTrail" has the source.
      return new AuditedOperation(
          "autoscaling.amazonaws.com", target.substring(dot + 1), "2016-02-06");
    }
    int version = target.indexOf('_');
    String digits = target.substring(version + 1, dot);
    return new AuditedOperation(
        "dynamodb.amazonaws.com",
        target.substring(dot + 1),
        digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6));
  }

  /** Returns whether requests are recorded. */
  boolean isOn() {
    return recording.log().isPresent();
  }

  /**
   * Carries a request out and records it.
   *
   * @throws OverloadedException when it could not be recorded; nothing was done
   */
  JsonBody call(HttpRequest request, String target, Caller caller, Supplier<JsonBody> work) {
    AuditedOperation operation = operation(target);
    Recording.Asked asked =
        new Recording.Asked(
            operation,
            Optional.of(caller),
            request,
            () -> AuditParameters.of(operation, request.body()));
    return recording.call(
        asked, failure -> failure(operation, failure), _ -> Optional.empty(), work);
  }

  /** Records a request that was not authenticated. */
  void refused(HttpRequest request, String target, ApiException refusal) {
    if (isOn()) {
      // The text of a wrong signature quotes the request.
      recording.refused(
          new Recording.Asked(
              operation(target), Optional.empty(), request, () -> AuditEvent.Parameters.NONE),
          new Failure(refusal.wireName(), ""));
    }
  }

  private static Failure failure(AuditedOperation operation, RuntimeException failure) {
    if (!(failure instanceof ApiException refusal)) {
      boolean isRefused = failure instanceof OverloadedException;
      return new Failure(isRefused ? "ServiceUnavailable" : "InternalFailure", "");
    }
    boolean mayShow =
        operation.isManagement() || TEXTS_WITHOUT_CONTENTS.contains(refusal.getClass());
    String text = mayShow ? refusal.text() : "";
    return new Failure(
        refusal.wireName(), text.substring(0, Math.min(text.length(), MAX_MESSAGE_CHARS)));
  }
}
