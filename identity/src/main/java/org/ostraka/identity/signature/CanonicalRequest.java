package org.ostraka.identity.signature;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes the text of a request that is signed: "Create a canonical request" in the IAM User Guide.
 * Stateless.
 */
final class CanonicalRequest {
  private static final int USUAL_CHARS = 512;

  private CanonicalRequest() {}

  static String of(SignedRequest request, QueryString query, SignedHeaders signed) {
    StringBuilder text = new StringBuilder(USUAL_CHARS);
    text.append(request.method()).append('\n');
    text.append(path(request.path())).append('\n');
    text.append(query.canonical()).append('\n');
    for (String name : signed.names()) {
      text.append(name).append(':');
      appendValues(text, request.headers().all(name));
      text.append('\n');
    }
    text.append('\n').append(signed.text()).append('\n');
    return text.append(Hash.hex(Hash.sha256(request.body()))).toString();
  }

  /**
   * Returns the path without dot segments and empty segments, encoded once more: all services but
   * S3 sign it so.
   */
  static String path(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return "/";
    }
    Deque<String> segments = new ArrayDeque<>();
    String last = "";
    for (String segment : path.split("/", -1)) {
      last = segment;
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    boolean isFolder = last.isEmpty() || last.equals(".") || last.equals("..");
    String normal = "/" + String.join("/", segments);
    return PercentEncoding.ofPath(isFolder && !segments.isEmpty() ? normal + "/" : normal);
  }

  private static void appendValues(StringBuilder text, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      appendTrimmed(text, values.get(i));
    }
  }

  /** Appends a value without blanks at its ends, and with one space for each run of blanks. */
  private static void appendTrimmed(StringBuilder text, String value) {
    boolean begun = false;
    boolean blank = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        blank = begun;
      } else {
        if (blank) {
          text.append(' ');
        }
        text.append(c);
        begun = true;
        blank = false;
      }
    }
  }
}
