package org.ostraka.server;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.metric.UserErrors;
import org.ostraka.model.Caller;
import org.ostraka.model.Region;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.SerializationException;
import org.ostraka.model.error.UnknownOperationException;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.http.Body;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.wire.JsonBody;
import org.ostraka.server.wire.Operation;
import org.ostraka.server.wire.RequestHead;
import org.ostraka.server.wire.Service;
import org.ostraka.server.wire.Services;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a request in the service's order (health check, method and media type, JSON, target,
 * credential, body) and calls its operation. Any thread.
 */
final class ApiEndpoint implements HttpEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Set<String> MEDIA_TYPES =
      Set.of("application/x-amz-json-1.0", "application/json");

  /** A host's name, or an address, without its port. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

  private final Services services;
  private final ServerSettings settings;
  private final Authentication authentication;
  private final Auditing auditing;
  private final UserErrors errors;
  private final StoreHealth health;

  ApiEndpoint(
      Services services,
      ServerSettings settings,
      Authentication authentication,
      Auditing auditing,
      UserErrors errors,
      StoreHealth health) {
    this.services = services;
    this.settings = settings;
    this.authentication = authentication;
    this.auditing = auditing;
    this.errors = errors;
    this.health = health;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    if (request.method().equals("GET") && request.path().equals("/")) {
      return health.isReachable()
          ? HttpResponse.healthy(host(request.headers()))
          : HttpResponse.unhealthy();
    }
    Optional<Services.Choice> choice =
        request.headers().first("X-Amz-Target").flatMap(services::choose);
    Service service = choice.map(Services.Choice::service).orElseGet(services::main);
    if (!request.method().equals("POST") || !hasKnownMediaType(request, service)) {
      return HttpResponse.unknownOperation();
    }
    RequestHead head =
        new RequestHead(request.headers().first("Host").orElse(""), request.answerRoom());
    try {
      return answer(request, head, choice, service);
    } catch (OverloadedException _) {
      return HttpResponse.overloaded();
    } catch (StorageException failure) {
      return answer(500, Body.of(service.internalServerError(explained(failure))), service);
    }
  }

  private HttpResponse answer(
      HttpRequest request, RequestHead head, Optional<Services.Choice> choice, Service service) {
    try {
      return answer(200, AnswerBody.of(call(request, head, choice)), service);
    } catch (ApiException refusal) {
      return answer(400, AnswerBody.of(service.error(refusal, head)), service);
    }
  }

  private static HttpResponse answer(int status, Body body, Service service) {
    return new HttpResponse(status, service.mediaType(), body, Map.of());
  }

  private JsonBody call(HttpRequest request, RequestHead head, Optional<Services.Choice> choice) {
    byte[] body = request.body();
    Operation operation;
    Caller caller;
    try {
      Services.Choice chosen = choice.orElseThrow(() -> new UnknownOperationException());
      operation = chosen.operation();
      caller = authentication.caller(request, chosen.service().scopes());
    } catch (ApiException refusal) {
      services.requireJson(body);
      choice.ifPresent(_ -> auditing.refused(request, target(request), refusal));
      throw refusal;
    }
    try {
      return auditing.isOn()
          ? auditing.call(
              request, target(request), caller, () -> carryOut(operation, caller, head, body))
          : carryOut(operation, caller, head, body);
    } catch (ApiException refusal) {
      if (choice.orElseThrow().service().scopes().contains("dynamodb")) {
        errors.count(caller.owner(), refusal);
      }
      throw refusal;
    }
  }

  private static JsonBody carryOut(
      Operation operation, Caller caller, RequestHead head, byte[] body) {
    if (body.length == 0) {
      throw new SerializationException("");
    }
    return operation.call(caller, head, body);
  }

  private static String target(HttpRequest request) {
    return request.headers().first("X-Amz-Target").orElse("");
  }

  /**
   * Returns whether the media type is one of the API's. An empty body needs none; parameters after
   * a semicolon are ignored.
   */
  private static boolean hasKnownMediaType(HttpRequest request, Service service) {
    Optional<String> type = request.headers().first("Content-Type");
    if (request.body().length == 0) {
      return true;
    }
    return type.isPresent()
        && (MEDIA_TYPES.contains(type.get()) || isOf(service, type.get().split(";", 2)[0].strip()));
  }

  private static boolean isOf(Service service, String type) {
    return MEDIA_TYPES.contains(type) || service.mediaType().equals(type);
  }

  /** Returns the requested host, or the service's name when the request has no host. */
  private String host(HttpHeaders headers) {
    return headers
        .first("Host")
        .map(host -> host.replaceFirst(":[0-9]*$", ""))
        .filter(host -> HOST.matcher(host).matches())
        .orElseGet(() -> "dynamodb." + homeRegion() + ".amazonaws.com");
  }

  private String homeRegion() {
    return settings.regions().stream()
        .map(Region::value)
        .sorted()
        .findFirst()
        .orElse(DEFAULT_REGION);
  }

  private static String explained(StorageException failure) {
    return switch (failure) {
      case StorageFailedException failed -> {
        LOG.warn("a request could not be carried out: {}", failed.getMessage());
        yield "The request was not carried out: " + failed.reason();
      }
      case OutcomeUnknownException unknown -> {
        LOG.error("the outcome of a write is unknown", unknown);
        yield "The request may or may not have been carried out.";
      }
      case CorruptDataException corrupt -> {
        LOG.error("stored data is damaged", corrupt);
        yield "The request was not carried out: stored data is damaged.";
      }
    };
  }
}
