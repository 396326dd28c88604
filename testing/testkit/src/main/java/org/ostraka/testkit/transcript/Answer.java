package org.ostraka.testkit.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered. Immutable.
 *
 * @param status the HTTP status
 * @param body the body as text
 */
public record Answer(int status, String body) {
  private static final Pattern TYPE = Pattern.compile("\"__type\":\"(?:[^\"#]*#)?([^\"]+)\"");

  /** The name of the error, empty for an answer that is none. */
  String errorName() {
    Matcher type = TYPE.matcher(body);
    return status >= 400 && type.find() ? type.group(1) : "";
  }

  /** The line of a transcript that stands before the body. */
  String head() {
    return ("< " + status + " " + errorName()).stripTrailing();
  }
}
