package org.ostraka.server.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.identity.iam.IamException;
import org.ostraka.model.Caller;
import org.ostraka.model.cloudwatch.CloudWatchException;
import org.ostraka.model.error.ApiException;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.AuditedOperation;
import org.ostraka.server.audit.Recording;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/**
 * What the endpoints of IAM, STS and CloudWatch have in common: requests are authenticated, carried
 * out and recorded, and long answers need room. Any thread.
 */
public record RecordedCalls(Authentication authentication, Recording recording) {
  /** Only lists are longer, and they may be asked for again. */
  private static final int LONG_ANSWER_BYTES = 256 * 1024;

  /**
   * Returns who signed a request for one of these services.
   *
   * @throws ApiException when the signature is refused, which is recorded
   */
  public Caller authenticated(
      AuditedOperation operation, HttpRequest request, List<String> services) {
    try {
      return authentication.caller(request, services);
    } catch (ApiException refusal) {
      // The text of a wrong signature quotes the request.
      recording.refused(
          asked(operation, Optional.empty(), request, () -> AuditEvent.Parameters.NONE),
          new AuditEvent.Failure(refusal.wireName(), ""));
      throw refusal;
    }
  }

  /**
   * Carries a request out and records it.
   *
   * @param parameters returns the parameters that may be shown
   * @param found returns whom the work has found to be the sender, if the request did not say it
   */
  public <T> T call(
      AuditedOperation operation,
      Optional<Caller> caller,
      HttpRequest request,
      Supplier<AuditEvent.Parameters> parameters,
      Function<T, Optional<AuditEvent.Sender>> found,
      Supplier<T> work) {
    return recording.call(
        asked(operation, caller, request, parameters), RecordedCalls::failure, found, work);
  }

  private static Recording.Asked asked(
      AuditedOperation operation,
      Optional<Caller> caller,
      HttpRequest request,
      Supplier<AuditEvent.Parameters> parameters) {
    return new Recording.Asked(operation, caller, request, parameters);
  }

  private static AuditEvent.Failure failure(RuntimeException failure) {
    return switch (failure) {
      case IamException refusal ->
          new AuditEvent.Failure(refusal.error().code(), String.valueOf(refusal.getMessage()));
      case CloudWatchException refusal ->
          new AuditEvent.Failure(refusal.error().code(), refusal.text());
      case ApiException refusal -> new AuditEvent.Failure(refusal.wireName(), refusal.text());
      case OverloadedException _ -> new AuditEvent.Failure("ServiceUnavailable", "");
      default -> new AuditEvent.Failure("InternalFailure", "");
    };
  }

  /** Returns the answer, or 503 when it is long and there is no room for it. */
  public static HttpResponse held(HttpRequest request, HttpResponse response) {
    long bytes = response.body().length();
    return bytes <= LONG_ANSWER_BYTES || request.answerRoom().hold(bytes)
        ? response
        : HttpResponse.overloaded();
  }
}
