package org.ostraka.testkit.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's answer. Immutable.
 *
 * @param status the HTTP status
 * @param body the body as text
 */
public record Answer(int status, String body) {
  private static final Pattern TYPE = Pattern.compile("\"__type\":\"(?:[^\"#]*#)?([^\"]+)\"");

  /** Returns the error's name; empty when the answer is no error. */
  String errorName() {
    Matcher type = TYPE.matcher(body);
    return status >= 400 && type.find() ? type.group(1) : "";
  }

  /** Returns the line of a transcript that comes before the body. */
  String head() {
    return ("< " + status + " " + errorName()).stripTrailing();
  }
}
