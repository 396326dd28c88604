package org.ostraka.testkit.transcript;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one transcript. One thread. */
final class TranscriptParser {
  static final String DEFAULT_REGION = "us-east-1";
  static final String DEFAULT_ACCESS_KEY = "AKIDEXAMPLE";

  private static final Pattern REQUEST =
      Pattern.compile(
          "> ((?:[a-z-]+:)?\\w+)(?: as ([^/ ]+)/([^/ ]+))?(?: ([1-9][0-9]{0,3}) times)?");
  private static final Pattern HEADER = Pattern.compile("\\+ ([A-Za-z0-9-]+): ?(.*)");
  private static final Pattern WITHOUT_HEADER = Pattern.compile("- ([A-Za-z0-9-]+)");
  private static final Pattern ANSWER = Pattern.compile("< [0-9]{3}(?: \\w+)?");
  private static final Pattern SETTING = Pattern.compile("@ setting ([a-z-]+) (\\S+)");
  private static final Pattern ADVANCE = Pattern.compile("@ advance (\\S+)");

  private final String name;
  private final List<String> lines;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private int next;

  TranscriptParser(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  Transcript parse() {
    while (next < lines.size()) {
      String line = lines.get(next);
      if (line.startsWith(">")) {
        steps.add(exchange());
      } else if (line.startsWith("@")) {
        directive(line);
        next++;
      } else if (line.isBlank() || line.startsWith("#")) {
        next++;
      } else {
        throw problem("neither a comment, nor a request, nor a directive: " + line);
      }
    }
    return new Transcript(name, lines, settings, steps);
  }

  private void directive(String line) {
    Matcher setting = SETTING.matcher(line);
    Matcher advance = ADVANCE.matcher(line);
    if (setting.matches()) {
      if (!steps.isEmpty()) {
        throw problem("a setting comes before the first step");
      }
      settings.put(setting.group(1), setting.group(2));
    } else if (advance.matches()) {
      steps.add(new Step.Advance(next + 1, duration(advance.group(1))));
    } else if (line.equals("@ restart")) {
      steps.add(new Step.Restart(next + 1));
    } else {
      throw problem("no such directive: " + line);
    }
  }

  private Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException _) {
      throw problem("not a length of time, such as 10s or 1h: " + text);
    }
  }

  private Step exchange() {
    int line = next + 1;
    Matcher request = REQUEST.matcher(lines.get(next));
    if (!request.matches()) {
      throw problem("not a request: " + lines.get(next));
    }
    next++;
    Map<String, String> headers = new LinkedHashMap<>();
    Set<String> withoutHeaders = new HashSet<>();
    readHeaders(headers, withoutHeaders);
    String body = String.join("\n", linesUntil("<"));
    int answerLine = next + 1;
    String head = "";
    String answer = "";
    if (next < lines.size() && lines.get(next).startsWith("<")) {
      head = lines.get(next).stripTrailing();
      if (!ANSWER.matcher(head).matches()) {
        throw problem("not an answer: " + head);
      }
      next++;
      answer = String.join("", linesUntil("#", ">", "@").stream().map(String::strip).toList());
    }
    return new Step.Exchange(
        line,
        request.group(1),
        request.group(2) == null ? DEFAULT_REGION : request.group(2),
        request.group(3) == null ? DEFAULT_ACCESS_KEY : request.group(3),
        request.group(4) == null ? 1 : Integer.parseInt(request.group(4)),
        headers,
        withoutHeaders,
        body,
        answerLine,
        next + 1,
        head,
        answer);
  }

  private void readHeaders(Map<String, String> headers, Set<String> withoutHeaders) {
    while (next < lines.size()) {
      Matcher header = HEADER.matcher(lines.get(next));
      Matcher without = WITHOUT_HEADER.matcher(lines.get(next));
      if (header.matches()) {
        headers.put(header.group(1), header.group(2));
      } else if (without.matches()) {
        withoutHeaders.add(without.group(1));
      } else {
        return;
      }
      next++;
    }
  }

  /** Returns the lines before an empty line or a line with one of these beginnings. */
  private List<String> linesUntil(String... beginnings) {
    List<String> found = new ArrayList<>();
    while (next < lines.size() && !ends(lines.get(next), beginnings)) {
      found.add(lines.get(next));
      next++;
    }
    return found;
  }

  /**
   * Returns whether a line begins with one of these marks and a blank. The blank is needed because
   * a malformed body may begin with the mark alone.
   */
  private static boolean ends(String line, String... beginnings) {
    if (line.isBlank()) {
      return true;
    }
    for (String beginning : beginnings) {
      if (line.equals(beginning) || line.startsWith(beginning + " ")) {
        return true;
      }
    }
    return false;
  }

  private TranscriptSyntaxException problem(String problem) {
    return new TranscriptSyntaxException(name, next + 1, problem);
  }
}
