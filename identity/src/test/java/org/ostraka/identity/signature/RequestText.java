package org.ostraka.identity.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads requests as text: a request line, header lines, and after an empty line the body. */
final class RequestText {
  private RequestText() {}

  static SignedRequest parse(String text) {
    int bodyAt = text.indexOf("\n\n");
    String head = bodyAt < 0 ? text : text.substring(0, bodyAt);
    String body = bodyAt < 0 ? "" : text.substring(bodyAt + 2);
    List<String> lines = head.lines().toList();
    String line = lines.getFirst();
    String method = line.substring(0, line.indexOf(' '));
    String target = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    int question = target.indexOf('?');
    return new SignedRequest(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        name -> values(lines, name),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> values(List<String> lines, String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (line.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(line.substring(colon + 1));
      }
    }
    return values;
  }
}
