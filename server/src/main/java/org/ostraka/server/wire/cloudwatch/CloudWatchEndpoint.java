package org.ostraka.server.wire.cloudwatch;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.load.Room;
import org.ostraka.model.Caller;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.model.cloudwatch.CloudWatchException;
import org.ostraka.model.error.ApiException;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.AuditedOperation;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.http.ProtocolEndpoint;
import org.ostraka.server.query.RecordedCalls;
import org.ostraka.server.wire.LoadControl;
import org.ostraka.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests to CloudWatch, and passes all others on. Any thread. */
public final class CloudWatchEndpoint implements ProtocolEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(CloudWatchEndpoint.class);

  /**
   * The bytes of a request's query and body: five hundred queries. The memory for reading it is
   * some times this.
   */
  private static final int MAX_BYTES = 1 << 20;

  /** The texts of a request take at most so many times its bytes, while they are read. */
  private static final int OBJECT_BYTES_PER_BYTE = 24;

  /**
   * Each value takes at most so much beside. The shortest ones are an empty map of CBOR, which is
   * one byte, and a part of the name of a form's parameter, which is two bytes and becomes a node
   * of the form's tree and a map of the document.
   */
  private static final int OBJECT_BYTES_PER_VALUE = 360;

  private static final List<String> OPERATIONS =
      List.of("GetMetricData", "GetMetricStatistics", "ListMetrics");

  private static final String VERSION = "2010-08-01";

  /** The event of a request whose operation cannot be read. */
  private static final String UNREADABLE = "Unknown";

  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,64}");

  private final CloudWatch metrics;
  private final RecordedCalls calls;
  private final LoadControl load;
  private final Supplier<UUID> requestIds;

  /**
   * Makes the endpoint.
   *
   * @param load limits the memory of all requests in flight together
   * @param requestIds makes the ids that answers show
   */
  public CloudWatchEndpoint(
      CloudWatch metrics, RecordedCalls calls, LoadControl load, Supplier<UUID> requestIds) {
    this.metrics = metrics;
    this.calls = calls;
    this.load = load;
    this.requestIds = requestIds;
  }

  /**
   * A request that was read before it is recorded, so that its event has the name of what is
   * carried out. Immutable.
   *
   * @param operation as far as it could be read
   * @param asked throws what the request is refused for if it could not
   */
  private record Reading(String operation, Supplier<Protocol.Asked> asked) {
    static Reading of(Protocol protocol, HttpRequest request) {
      try {
        if (length(request) > MAX_BYTES) {
          throw CloudWatchError.VALIDATION.because("A request has 1 MiB at most.");
        }
        Protocol.Asked asked = protocol.read(request);
        return new Reading(asked.operation(), () -> asked);
      } catch (CloudWatchException malformed) {
        return new Reading(
            protocol.operation(request),
            () -> {
              throw malformed;
            });
      }
    }
  }

  @Override
  public Optional<HttpResponse> answer(HttpRequest request) {
    return Protocol.of(request)
        .map(protocol -> answer(protocol, request, requestIds.get().toString()));
  }

  private HttpResponse answer(Protocol protocol, HttpRequest request, String id) {
    try {
      AuditedOperation named = audited(protocol.operation(request));
      Caller caller = calls.authenticated(named, request, List.of("monitoring"));
      HttpResponse answer =
          withRoom(named, request, caller, () -> recorded(protocol, request, caller, id));
      return RecordedCalls.held(request, answer);
    } catch (CloudWatchException refusal) {
      return protocol.refusal(Refusal.of(refusal), id);
    } catch (ApiException refusal) {
      return protocol.refusal(Refusal.of(refusal), id);
    } catch (OverloadedException _) {
      return HttpResponse.overloaded();
    } catch (StorageException failure) {
      return protocol.refusal(Refusal.of(failed(failure)), id);
    }
  }

  private static AuditedOperation audited(String name) {
    return new AuditedOperation(
        "monitoring.amazonaws.com", NAME.matcher(name).matches() ? name : UNREADABLE, VERSION);
  }

  /** Returns the memory that a request may need while it is read. */
  static long objectBytes(HttpRequest request) {
    int length = Math.min(length(request), MAX_BYTES);
    return (long) OBJECT_BYTES_PER_BYTE * length
        + (long) OBJECT_BYTES_PER_VALUE * Math.min(length, Document.MAX_VALUES);
  }

  private static int length(HttpRequest request) {
    return request.query().orElse("").length() + request.body().length;
  }

  private HttpResponse withRoom(
      AuditedOperation named, HttpRequest request, Caller caller, Supplier<HttpResponse> work) {
    long bytes = objectBytes(request);
    Room objects = load.forObjects(bytes);
    if (!objects.hold(bytes)) {
      return recorded(
          named,
          request,
          caller,
          () -> {
            throw new OverloadedException("there is no room for the request");
          });
    }
    try {
      return work.get();
    } finally {
      objects.hold(0);
    }
  }

  private HttpResponse recorded(Protocol protocol, HttpRequest request, Caller caller, String id) {
    Reading reading = Reading.of(protocol, request);
    return recorded(
        audited(reading.operation()),
        request,
        caller,
        () -> {
          Protocol.Asked asked = reading.asked().get();
          requireKnown(asked.operation());
          try {
            return protocol.answer(asked.operation(), call(asked, caller), id);
          } catch (StorageException failure) {
            // The event has the name that the answer has.
            throw failed(failure);
          }
        });
  }

  private HttpResponse recorded(
      AuditedOperation operation, HttpRequest request, Caller caller, Supplier<HttpResponse> work) {
    return calls.call(
        operation,
        Optional.of(caller),
        request,
        () -> AuditEvent.Parameters.NONE,
        _ -> Optional.empty(),
        work);
  }

  private static CloudWatchException failed(StorageException failure) {
    LOG.error("a request for metrics could not be carried out", failure);
    return CloudWatchError.INTERNAL_SERVICE_FAULT.because("The storage failed.");
  }

  private static void requireKnown(String operation) {
    if (!OPERATIONS.contains(operation)) {
      throw CloudWatchError.INVALID_ACTION.because(
          "The operation is not supported by this version of Ostraka: it has "
              + String.join(", ", OPERATIONS)
              + " of CloudWatch");
    }
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
}
