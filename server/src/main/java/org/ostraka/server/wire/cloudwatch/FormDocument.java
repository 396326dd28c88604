package org.ostraka.server.wire.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.ostraka.identity.iam.IamException;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.query.Form;

/** A request of the query protocol: what is below {@code member} is a list. Immutable. */
record FormDocument(String action, Document.Structure parameters) {
  private static final Set<String> OF_PROTOCOL = Set.of("Action", "Version");

  /** Five hundred metrics with their dimensions. */
  private static final int MAX_PARAMETERS = 20_000;

  /**
   * Reads the parameters of a request, in its query and its body.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when they are malformed
   */
  static FormDocument of(HttpRequest request) {
    try {
      return of(
          Form.of(
              MAX_PARAMETERS,
              request.query().orElse(""),
              new String(request.body(), StandardCharsets.UTF_8)));
    } catch (IamException malformed) {
      throw CloudWatchError.MALFORMED_INPUT.because(malformed.text());
    }
  }

  private static FormDocument of(Form form) {
    SequencedMap<String, Document> parameters = new LinkedHashMap<>();
    form.children()
        .forEach((name, value) -> {
          if (!OF_PROTOCOL.contains(name) && !name.startsWith("X-Amz-")) {
            parameters.put(name, document(value));
          }
        });
    return new FormDocument(
        form.child("Action").flatMap(Form::value).orElse(""), new Document.Structure(parameters));
  }

  private static Document document(Form form) {
    Optional<String> value = form.value();
    if (form.children().isEmpty()) {
      return new Document.Text(value.orElse(""));
    }
    if (form.children().keySet().equals(Set.of("member"))) {
      List<Document> elements =
          form.members().values().stream().map(FormDocument::document).toList();
      return new Document.Several(elements);
    }
    SequencedMap<String, Document> members = new LinkedHashMap<>();
    form.children().forEach((name, child) -> members.put(name, document(child)));
    return new Document.Structure(members);
  }
}
