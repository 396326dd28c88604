package org.ostraka.server.wire.cloudwatch;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.model.Caller;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.CloudWatchException;
import org.ostraka.model.error.ApiException;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.AuditedOperation;
import org.ostraka.server.audit.Recording;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/** Answers the requests to CloudWatch, and passes all others on. Any thread. */
public final class CloudWatchEndpoint implements HttpEndpoint {
  /** Five hundred queries; the memory for reading a request is some times this. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private static final int LONG_ANSWER_BYTES = 256 * 1024;
  private static final List<String> OPERATIONS =
      List.of("GetMetricData", "GetMetricStatistics", "ListMetrics");

  private static final String VERSION = "2010-08-01";

  private final CloudWatch metrics;
  private final Authentication authentication;
  private final Supplier<UUID> requestIds;
  private final Recording recording;
  private final HttpEndpoint others;

  /**
   * Makes the endpoint.
   *
   * @param requestIds makes the ids that answers show
   * @param recording records the requests
   * @param others answers the requests to other services
   */
  public CloudWatchEndpoint(
      CloudWatch metrics,
      Authentication authentication,
      Supplier<UUID> requestIds,
      Recording recording,
      HttpEndpoint others) {
    this.metrics = metrics;
    this.authentication = authentication;
    this.requestIds = requestIds;
    this.recording = recording;
    this.others = others;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    Optional<Protocol> protocol = Protocol.of(request);
    return protocol.isPresent()
        ? answer(protocol.get(), request, requestIds.get().toString())
        : others.handle(request);
  }

  private HttpResponse answer(Protocol protocol, HttpRequest request, String id) {
    try {
      Caller caller = authentication.caller(request, List.of("monitoring"));
      if (request.body().length > MAX_BODY_BYTES) {
        throw CloudWatchError.VALIDATION.because("A request has 1 MiB at most.");
      }
      Protocol.Asked asked = protocol.read(request);
      requireKnown(asked.operation());
      Document.Structure result = recorded(asked, caller, request);
      return held(request, protocol.answer(asked.operation(), result, id));
    } catch (CloudWatchException refusal) {
      return protocol.refusal(Refusal.of(refusal), id);
    } catch (ApiException refusal) {
      return protocol.refusal(Refusal.of(refusal), id);
    } catch (OverloadedException _) {
      return HttpResponse.overloaded();
    }
  }

  private static void requireKnown(String operation) {
    if (!OPERATIONS.contains(operation)) {
      throw CloudWatchError.INVALID_ACTION.because(
          "The operation is not supported by this version of Ostraka: it has "
              + String.join(", ", OPERATIONS)
              + " of CloudWatch");
    }
  }

  private Document.Structure recorded(Protocol.Asked asked, Caller caller, HttpRequest request) {
    return recording.call(
        new Recording.Asked(
            new AuditedOperation("monitoring.amazonaws.com", asked.operation(), VERSION),
            Optional.of(caller),
            request,
            () -> AuditEvent.Parameters.NONE),
        CloudWatchEndpoint::failure,
        _ -> Optional.empty(),
        () -> call(asked, caller));
  }

  private Document.Structure call(Protocol.Asked asked, Caller caller) {
    Document.Structure parameters = asked.parameters();
    return switch (asked.operation()) {
      case "GetMetricData" ->
          MetricAnswers.of(metrics.getMetricData(caller, MetricRequests.getMetricData(parameters)));
      case "GetMetricStatistics" ->
          MetricAnswers.of(
              metrics.getMetricStatistics(caller, MetricRequests.getMetricStatistics(parameters)));
      case "ListMetrics" ->
          MetricAnswers.of(metrics.listMetrics(caller, MetricRequests.listMetrics(parameters)));
      default -> throw new IllegalArgumentException("an operation without a rule");
    };
  }

  private static AuditEvent.Failure failure(RuntimeException failure) {
    return switch (failure) {
      case CloudWatchException refusal ->
          new AuditEvent.Failure(refusal.error().code(), refusal.text());
      case ApiException refusal -> new AuditEvent.Failure(refusal.wireName(), refusal.text());
      default -> new AuditEvent.Failure("InternalFailure", "");
    };
  }

  private static HttpResponse held(HttpRequest request, HttpResponse response) {
    long bytes = response.body().length();
    return bytes <= LONG_ANSWER_BYTES || request.answerRoom().hold(bytes)
        ? response
        : HttpResponse.overloaded();
  }
}
