package org.ostraka.server.wire.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.identity.iam.IamException;
import org.ostraka.model.cloudwatch.CloudWatchError;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.query.Form;

/** A request of the query protocol: what is below {@code member} is a list. Immutable. */
record FormDocument(String action, Document.Structure parameters) {
  private static final Set<String> OF_PROTOCOL = Set.of("Action", "Version");

  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]{1,64})(?:&|$)");

  /** Clients send the action among the first parameters. */
  private static final int MAX_NAMED_BYTES = 4 * 1024;

  /**
   * Returns the action that stands plainly at the beginning of a parameter; empty when none does.
   */
  static String namedIn(HttpRequest request) {
    int length = Math.min(request.body().length, MAX_NAMED_BYTES);
    String body = new String(request.body(), 0, length, StandardCharsets.UTF_8);
    Matcher action = ACTION.matcher(request.query().orElse("") + "&" + body);
    return action.find() ? action.group(1) : "";
  }

  /**
   * Reads the parameters of a request, in its query and its body.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when they are malformed
   */
  static FormDocument of(HttpRequest request) {
    try {
      return of(
          Form.of(
              Document.MAX_VALUES,
              Document.MAX_VALUES,
              request.query().orElse(""),
              new String(request.body(), StandardCharsets.UTF_8)));
    } catch (IamException malformed) {
      throw CloudWatchError.MALFORMED_INPUT.because(malformed.text());
    }
  }

  private static FormDocument of(Form form) {
    SequencedMap<String, Document> parameters =
        LinkedHashMap.newLinkedHashMap(form.children().size());
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
    SequencedMap<String, Document> members = LinkedHashMap.newLinkedHashMap(form.children().size());
    form.children().forEach((name, child) -> members.put(name, document(child)));
    return new Document.Structure(members);
  }
}
