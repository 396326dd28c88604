package org.ostraka.testkit.transcript;

/** A transcript that cannot be read. */
final class TranscriptSyntaxException extends RuntimeException {
  TranscriptSyntaxException(String name, int line, String problem) {
    super(name + ":" + line + ": " + problem);
  }
}
