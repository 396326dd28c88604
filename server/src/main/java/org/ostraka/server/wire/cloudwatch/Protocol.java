package org.ostraka.server.wire.cloudwatch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.ostraka.identity.signature.CredentialScope;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/**
 * The protocols of CloudWatch's clients: the query protocol of older ones and of Grafana, JSON 1.0
 * of some, Smithy's RPC v2 with CBOR of newer ones. The SDKs choose by the trait {@code protocols}
 * of the service's model.
 */
enum Protocol {
  CBOR,
  JSON,
  QUERY;

  private static final String SERVICE = "GraniteServiceVersion20100801";
  private static final String PATH = "/service/" + SERVICE + "/operation/";
  private static final String SCOPE = "monitoring";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** An operation with its parameters. Immutable. */
  record Asked(String operation, Document.Structure parameters) {}

  /** Returns the protocol of a request; empty when it is none to CloudWatch. */
  static Optional<Protocol> of(HttpRequest request) {
    boolean isPost = request.method().equals("POST");
    if (isPost && request.path().startsWith(PATH)) {
      return Optional.of(CBOR);
    }
    if (isPost && target(request).startsWith(SERVICE + ".")) {
      return Optional.of(JSON);
    }
    boolean isForm =
        isPost
            ? request.headers().first("Content-Type").filter(Protocol::isForm).isPresent()
            : request.method().equals("GET")
                && request.query().filter(query -> query.contains("Action=")).isPresent();
    return isForm
            && CredentialScope.serviceOf(Authentication.signedPart(request))
                .filter(SCOPE::equals)
                .isPresent()
        ? Optional.of(QUERY)
        : Optional.empty();
  }

  /** Returns whether a media type is that of a form, whatever its parameters are. */
  private static boolean isForm(String type) {
    return type.regionMatches(true, 0, FORM, 0, FORM.length())
        && (type.length() == FORM.length()
            || type.split(";", 2)[0].strip().length() == FORM.length());
  }

  private static String target(HttpRequest request) {
    return request.headers().first("X-Amz-Target").orElse("");
  }

  /**
   * Returns the operation that a request seems to name, without reading the rest; empty when that
   * is not clear.
   */
  String operation(HttpRequest request) {
    return switch (this) {
      case CBOR -> request.path().substring(PATH.length());
      case JSON -> target(request).substring(SERVICE.length() + 1);
      case QUERY -> FormDocument.namedIn(request);
    };
  }

  /**
   * Reads a request.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when it cannot be read
   */
  Asked read(HttpRequest request) {
    return switch (this) {
      case CBOR -> {
        requireMediaType(request, "application/cbor");
        yield new Asked(operation(request), CborReader.read(request.body()));
      }
      case JSON -> {
        requireMediaType(request, "application/x-amz-json-1.0");
        yield new Asked(operation(request), JsonDocument.read(request.body()));
      }
      case QUERY -> {
        FormDocument form = FormDocument.of(request);
        yield new Asked(form.action(), form.parameters());
      }
    };
  }

  private static void requireMediaType(HttpRequest request, String type) {
    String sent = request.headers().first("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!sent.equals(type)) {
      throw CloudWatchError.MALFORMED_INPUT.because("The content type must be " + type + ".");
    }
  }

  HttpResponse answer(String operation, Document.Structure result, String requestId) {
    return switch (this) {
      case CBOR -> cbor(200, result, Map.of(), requestId);
      case JSON -> json(200, result, Map.of(), requestId);
      case QUERY -> xml(200, XmlDocument.answer(operation, result, requestId), requestId);
    };
  }

  HttpResponse refusal(Refusal refusal, String requestId) {
    if (this == QUERY) {
      return xml(refusal.status(), XmlDocument.refusal(refusal, requestId), requestId);
    }
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    members.put("__type", new Document.Text("com.amazonaws.cloudwatch#" + refusal.shape()));
    members.put("message", new Document.Text(refusal.text()));
    Document.Structure body = new Document.Structure(members);
    // Clients that knew the query protocol look for its names of errors.
    Map<String, String> headers =
        Map.of("x-amzn-query-error", refusal.code() + ";" + refusal.fault());
    int status = refusal.status() < 500 ? 400 : refusal.status();
    return this == CBOR
        ? cbor(status, body, headers, requestId)
        : json(status, body, headers, requestId);
  }

  private static HttpResponse cbor(
      int status, Document body, Map<String, String> headers, String requestId) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("smithy-protocol", "rpc-v2-cbor");
    all.put("x-amzn-RequestId", requestId);
    return new HttpResponse(status, "application/cbor", CborWriter.write(body), all);
  }

  private static HttpResponse json(
      int status, Document body, Map<String, String> headers, String requestId) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("x-amzn-RequestId", requestId);
    return new HttpResponse(status, HttpResponse.API_JSON, JsonDocument.write(body), all);
  }

  private static HttpResponse xml(int status, byte[] body, String requestId) {
    return new HttpResponse(status, "text/xml", body, Map.of("x-amzn-RequestId", requestId));
  }
}
