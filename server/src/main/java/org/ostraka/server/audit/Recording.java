package org.ostraka.server.audit;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ostraka.model.Caller;
import org.ostraka.server.http.HttpRequest;

/**
 * Records requests that are carried out, and those that are refused. Any thread.
 *
 * @param log the audit log; empty when the server keeps none
 * @param clock the time of events
 * @param ids makes the ids of events
 */
public record Recording(Optional<AuditLog> log, InstantSource clock, Supplier<UUID> ids) {
  /** The region of services that have none, as in CloudTrail. */
  private static final String GLOBAL_REGION = "us-east-1";

  /** Records nothing. */
  public static final Recording NONE =
      new Recording(Optional.empty(), InstantSource.system(), () -> new UUID(0, 0));

  /**
   * A request that may be recorded. Immutable.
   *
   * @param caller who sent it; empty when that is not known
   * @param parameters returns the parameters that may be shown
   */
  public record Asked(
      AuditedOperation operation,
      Optional<Caller> caller,
      HttpRequest request,
      Supplier<AuditEvent.Parameters> parameters) {
    private AuditEvent.Sender sender() {
      return caller
          .<AuditEvent.Sender>map(AuditEvent.Sender.Signer::new)
          .orElseGet(AuditEvent.Sender.Unknown::new);
    }
  }

  /**
   * Carries a request out and records it.
   *
   * @param why returns why it failed
   * @param found returns whom the work has found to be the sender, if the request did not say it
   * @throws org.ostraka.engine.load.OverloadedException when it could not be recorded; nothing was
   *     done
   */
  public <T> T call(
      Asked asked,
      Function<RuntimeException, AuditEvent.Failure> why,
      Function<T, Optional<AuditEvent.Sender>> found,
      Supplier<T> work) {
    if (log.isEmpty() || !log.get().records(asked.operation)) {
      return work.get();
    }
    // Read before anything is done: what fails here must not leave a deed without its event.
    AuditEvent.Parameters parameters = asked.parameters.get();
    AuditEvent.Sender sender = asked.sender();
    try (AuditLog.Place place = log.get().place(asked.operation)) {
      try {
        T answer = work.get();
        AuditEvent.Sender known = found.apply(answer).orElse(sender);
        place.record(event(asked, known, parameters, Optional.empty(), 0));
        return answer;
      } catch (RuntimeException refusal) {
        place.record(event(asked, sender, parameters, Optional.of(why.apply(refusal)), 0));
        throw refusal;
      } catch (Error broken) {
        AuditEvent.Failure failure = new AuditEvent.Failure("InternalFailure", "");
        place.record(event(asked, sender, parameters, Optional.of(failure), 0));
        throw broken;
      }
    }
  }

  /** Records a request that was not authenticated, at a bounded rate. */
  public void refused(Asked asked, AuditEvent.Failure failure) {
    if (log.isPresent() && log.get().records(asked.operation)) {
      log.get()
          .refused(omitted ->
              event(asked, asked.sender(), asked.parameters.get(), Optional.of(failure), omitted));
    }
  }

  private AuditEvent event(
      Asked asked,
      AuditEvent.Sender sender,
      AuditEvent.Parameters parameters,
      Optional<AuditEvent.Failure> failure,
      long omitted) {
    return new AuditEvent(
        clock.instant(),
        asked.operation,
        sender,
        asked.caller.map(known -> known.owner().region().value()).orElse(GLOBAL_REGION),
        asked.request.peer(),
        asked.request.headers().first("User-Agent").orElse(""),
        parameters,
        failure,
        asked.request.requestId(),
        ids.get().toString(),
        omitted);
  }
}
