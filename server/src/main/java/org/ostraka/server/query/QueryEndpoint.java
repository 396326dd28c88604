package org.ostraka.server.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;
import org.ostraka.identity.signature.CredentialScope;
import org.ostraka.model.Caller;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ExpiredTokenException;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.MissingAuthenticationTokenException;
import org.ostraka.model.error.UnrecognizedClientException;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.server.audit.AuditedOperation;
import org.ostraka.server.audit.Recording;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.UnsignedRequests;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.http.ProtocolEndpoint;
import org.ostraka.server.query.QueryOperation.Answer;
import org.ostraka.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the query protocol: forms, and queries with an {@code Action}. Any
 * thread.
 */
public final class QueryEndpoint implements ProtocolEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(QueryEndpoint.class);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String XML = "text/xml";

  /** A policy of the greatest size, all of whose characters are encoded, and the rest. */
  private static final int MAX_FORM_BYTES = 512 * 1024;

  private final QueryServices services;
  private final RecordedCalls calls;
  private final UnsignedRequests unsigned;
  private final Supplier<UUID> requestIds;

  /**
   * Makes the endpoint.
   *
   * @param authentication accepts every region, since IAM has none
   * @param unsigned slows those whose requests need no signature and fail
   * @param requestIds makes the ids that answers show
   * @param recording records the requests
   */
  public QueryEndpoint(
      QueryServices services,
      Authentication authentication,
      UnsignedRequests unsigned,
      Supplier<UUID> requestIds,
      Recording recording) {
    this.services = services;
    this.calls = new RecordedCalls(authentication, recording);
    this.unsigned = unsigned;
    this.requestIds = requestIds;
  }

  @Override
  public Optional<HttpResponse> answer(HttpRequest request) {
    return isQuery(request) ? Optional.of(answerOfQuery(request)) : Optional.empty();
  }

  private HttpResponse answerOfQuery(HttpRequest request) {
    String id = requestIds.get().toString();
    Optional<String> scope = CredentialScope.serviceOf(Authentication.signedPart(request));
    try {
      Form form = form(request);
      return services
          .choose(scope, form)
          .map(service -> answer(service, form, request, id))
          .orElseGet(HttpResponse::unknownOperation);
    } catch (IamException malformed) {
      return services
          .choose(scope, new Form())
          .map(service -> refused(service, malformed, id))
          .orElseGet(HttpResponse::unknownOperation);
    }
  }

  private static boolean isQuery(HttpRequest request) {
    return switch (request.method()) {
      case "GET" -> request.query().filter(QueryEndpoint::hasAction).isPresent();
      case "POST" ->
          request.headers().first("Content-Type").filter(QueryEndpoint::isForm).isPresent();
      default -> false;
    };
  }

  /** Returns whether a media type is that of a form, whatever its parameters are. */
  private static boolean isForm(String type) {
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(FORM);
  }

  private static boolean hasAction(String query) {
    return query.startsWith("Action=") || query.contains("&Action=");
  }

  private static Form form(HttpRequest request) {
    String query = request.query().orElse("");
    if (query.length() + request.body().length > MAX_FORM_BYTES) {
      throw IamError.VALIDATION_ERROR.because("A request has " + MAX_FORM_BYTES + " bytes at most");
    }
    return Form.of(query, new String(request.body(), StandardCharsets.UTF_8));
  }

  private HttpResponse answer(QueryService service, Form form, HttpRequest request, String id) {
    try {
      QueryOperation operation = service.operation(form);
      AuditedOperation audited = audited(service, operation);
      Optional<Caller> caller =
          operation.signed()
              ? Optional.of(calls.authenticated(audited, request, List.of(service.scope())))
              : Optional.empty();
      Answer answer =
          calls.call(
              audited,
              caller,
              request,
              () -> FormParameters.of(form),
              Answer::sender,
              () -> carriedOut(operation, caller, form, request));
      return RecordedCalls.held(request, response(200, service.answer(operation, answer, id), id));
    } catch (IamException refusal) {
      return refused(service, refusal, id);
    } catch (ApiException refusal) {
      return refused(service, translated(refusal), id);
    } catch (OverloadedException _) {
      return refused(
          service, IamError.SERVICE_UNAVAILABLE.because("Please reduce your request rate."), id);
    } catch (StorageException | MasterKeyException failure) {
      LOG.error("a request of {} could not be carried out", service.scope(), failure);
      return refused(service, IamError.INTERNAL_FAILURE.because("The storage failed."), id);
    }
  }

  private Answer carriedOut(
      QueryOperation operation, Optional<Caller> caller, Form form, HttpRequest request) {
    Call call = new Call(caller, Authentication.origin(request));
    return operation.signed()
        ? operation.call(call, form)
        : unsigned.call(request, () -> operation.call(call, form));
  }

  private static AuditedOperation audited(QueryService service, QueryOperation operation) {
    return new AuditedOperation(
        service.scope() + ".amazonaws.com", operation.name(), service.version());
  }

  private static HttpResponse refused(QueryService service, IamException refusal, String id) {
    return response(refusal.error().status(), service.refusal(refusal, id), id);
  }

  private static HttpResponse response(int status, byte[] body, String id) {
    return new HttpResponse(status, XML, body, Map.of("x-amzn-RequestId", id));
  }

  /** Returns the error of this protocol that says the same as one of the JSON protocol. */
  private static IamException translated(ApiException refusal) {
    IamError error =
        switch (refusal) {
          case AccessDeniedException _ -> IamError.ACCESS_DENIED;
          case ExpiredTokenException _ -> IamError.EXPIRED_TOKEN;
          case IncompleteSignatureException _ -> IamError.INCOMPLETE_SIGNATURE;
          case InvalidSignatureException _ -> IamError.SIGNATURE_DOES_NOT_MATCH;
          case MissingAuthenticationTokenException _ -> IamError.MISSING_AUTHENTICATION_TOKEN;
          case UnrecognizedClientException _ -> IamError.INVALID_CLIENT_TOKEN_ID;
          default -> IamError.VALIDATION_ERROR;
        };
    return error.because(refusal.text());
  }
}
