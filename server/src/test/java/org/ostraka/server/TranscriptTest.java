package org.ostraka.server;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.ostraka.testkit.transcript.Transcripts;

/** Compares the server's answers with the transcripts below {@code transcripts/}. */
final class TranscriptTest {
  private static final Path TRANSCRIPTS = Path.of("src", "test", "resources", "transcripts");

  @TestFactory
  Stream<DynamicNode> answersAreThoseOfTheTranscripts() {
    return Transcripts.in(TRANSCRIPTS, ServerInMemory::start);
  }
}
