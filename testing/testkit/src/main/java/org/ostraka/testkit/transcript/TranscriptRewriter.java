package org.ostraka.testkit.transcript;

import java.util.ArrayList;
import java.util.List;

/** Writes the actual answers into a transcript and keeps everything else. Stateless. */
final class TranscriptRewriter {
  private static final int LINE_CHARS = 120;
  private static final String INDENT = "  ";

  private TranscriptRewriter() {}

  /**
   * Returns the transcript's lines with the answers of these mismatches in place of the expected
   * ones.
   */
  static List<String> rewritten(Transcript transcript, List<Mismatch> mismatches) {
    List<String> lines = new ArrayList<>(transcript.lines());
    // From the last to the first, so that the line numbers of the others stay correct.
    for (Mismatch mismatch : mismatches.reversed()) {
      Step.Exchange exchange = mismatch.exchange();
      List<String> old = lines.subList(exchange.answerLine() - 1, exchange.endLine() - 1);
      old.clear();
      old.addAll(answer(mismatch));
    }
    return lines;
  }

  private static List<String> answer(Mismatch mismatch) {
    List<String> lines = new ArrayList<>();
    lines.add(mismatch.answer().head());
    if (!mismatch.body().isEmpty()) {
      lines.addAll(wrapped(Placeholders.shown(mismatch.body())));
    }
    return lines;
  }

  /** Breaks a body into lines of bounded length, after commas outside strings. */
  private static List<String> wrapped(String body) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : parts(body)) {
      if (line.length() + part.length() > LINE_CHARS && !line.toString().isBlank()) {
        lines.add(line.toString());
        line = new StringBuilder(INDENT);
      }
      line.append(part);
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> parts(String body) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        parts.add(body.substring(start, i + 1));
        start = i + 1;
      }
    }
    parts.add(body.substring(start));
    return parts;
  }
}
