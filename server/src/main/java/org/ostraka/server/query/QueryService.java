package org.ostraka.server.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;
import org.ostraka.server.query.QueryOperation.Answer;

/** A service of the query protocol: its operations, and the shape of its answers. Immutable. */
public final class QueryService {
  private static final String NO_VERSION = "NO_VERSION_SPECIFIED";

  private final String scope;
  private final String version;
  private final Map<String, QueryOperation> operations;

  private QueryService(String scope, String version, Map<String, QueryOperation> operations) {
    this.scope = scope;
    this.version = version;
    this.operations = Map.copyOf(operations);
  }

  /** Returns the name that the scopes of credentials have for this service. */
  String scope() {
    return scope;
  }

  /** Returns the version of the API, which requests name. */
  String version() {
    return version;
  }

  /**
   * Returns the operation that a request names.
   *
   * @throws IamException when it names none of this version
   */
  QueryOperation operation(Form form) {
    String action =
        form.child("Action")
            .flatMap(Form::value)
            .orElseThrow(() -> IamError.MISSING_ACTION.because("Missing Action"));
    String asked = form.child("Version").flatMap(Form::value).orElse(NO_VERSION);
    QueryOperation operation = operations.get(action);
    if (operation == null || !asked.equals(version)) {
      throw IamError.INVALID_ACTION.because(
          "Could not find operation " + action + " for version " + asked);
    }
    return operation;
  }

  /** Returns the body of an answer. */
  byte[] answer(QueryOperation operation, Answer result, String requestId) {
    String name = operation.name();
    return document(
        name + "Response",
        xml -> {
          if (!result.equals(Answer.NOTHING)) {
            xml.element(name + "Result", result::write);
          }
          xml.element("ResponseMetadata", _ -> xml.element("RequestId", requestId));
        });
  }

  /** Returns the body of an answer that refuses a request. */
  byte[] refusal(IamException refusal, String requestId) {
    return document(
        "ErrorResponse",
        xml ->
            xml.element(
                    "Error",
                    _ ->
                        xml.element("Type", refusal.error().status() < 500 ? "Sender" : "Receiver")
                            .element("Code", refusal.error().code())
                            .element("Message", refusal.text()))
                .element("RequestId", requestId));
  }

  private byte[] document(String root, Consumer<XmlWriter> content) {
    String namespace = "https://" + scope + ".amazonaws.com/doc/" + version + "/";
    return new XmlWriter().root(root, namespace, content).bytes();
  }

  /** Collects the operations of a service. One thread. */
  static final class Builder {
    private final String scope;
    private final String version;
    private final Map<String, QueryOperation> operations = new HashMap<>();

    Builder(String scope, String version) {
      this.scope = scope;
      this.version = version;
    }

    /** Adds an operation whose requests are signed. */
    Builder add(
        String name, List<Parameter> parameters, BiFunction<Call, Parameters, Answer> work) {
      return add(new QueryOperation(name, parameters, true, work));
    }

    /** Adds an operation. */
    Builder add(QueryOperation operation) {
      if (operations.put(operation.name(), operation) != null) {
        throw new IllegalArgumentException("two operations are called " + operation.name());
      }
      return this;
    }

    QueryService build() {
      return new QueryService(scope, version, operations);
    }
  }
}
