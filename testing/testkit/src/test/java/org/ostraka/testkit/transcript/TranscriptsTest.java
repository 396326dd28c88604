package org.ostraka.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranscriptsTest {
  private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final String OTHER_UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

  @TempDir private Path directory;

  @Test
  void expectedAnswersPass() {
    assertPasses("# One.\n> Echo\n{\"a\":1}\n< 200\n{\"a\":1}\n");
  }

  @Test
  void anotherBodyFailsWithItsPlace() {
    assertFails(
        "# One.\n\n> Echo\n{\"a\":1}\n< 200\n{\"a\":2}\n",
        "Echo/some.txt:5: Echo",
        "{\"a\":2}",
        "{\"a\":1}",
        "they part before\n1}");
  }

  @Test
  void anotherStatusFails() {
    assertFails("> Echo\n{}\n< 201\n{}\n", "< 201", "< 200");
  }

  @Test
  void anotherErrorNameFails() {
    String answer = "{\"__type\":\"some.space#Refused\",\"message\":\"no\"}\n";
    assertPasses("> Nothing\n{}\n< 400 Refused\n" + answer);
    assertFails("> Nothing\n{}\n< 400\n" + answer, "< 400 Refused");
    assertFails("> Nothing\n{}\n< 400 Denied\n" + answer, "< 400 Refused");
  }

  @Test
  void everyExchangeThatDiffersIsReported() {
    assertFails("> Echo\n1\n< 200\n2\n> Echo\n3\n< 200\n4\n", "some.txt:3", "some.txt:7");
  }

  @Test
  void aRequestIsSentSeveralTimesAndAnsweredTheSameEachTime() {
    assertPasses("> Echo 3 times\n1\n< 200\n1\n> Count\n< 200\n1\n");
    assertFails("> Count 3 times\n< 200\n1\n> Count\n< 200\n4\n", "some.txt:2: Count");
    assertFails("> Echo 0 times\n1\n< 200\n1\n", "not a request: > Echo 0 times");
  }

  @Test
  void answersNobodyWroteFail() {
    assertFails("> Echo\n1\n", "nothing is written here yet");
  }

  @Test
  void transcriptsWithoutExchangesFail() {
    assertFails("# Nothing.\n", "nothing was tested");
  }

  @Test
  void linesOfAnAnswerAreJoined() {
    assertPasses("> Echo\n{\"a\":1,\"b\":2}\n< 200\n{\"a\":1,\n  \"b\":2}\n");
  }

  @Test
  void requestsAreSentAsTheyStand() {
    assertPasses("> Length\n{\"a\" :\n <\n< 200\n9\n");
    assertPasses("> Length\n< 200\n0\n");
  }

  @Test
  void placeholdersStandForWhatVaries() {
    assertPasses("> Echo\n{\"id\":\"" + UUID + "\"}\n< 200\n{\"id\":\"{{uuid}}\"}\n");
    assertFails("> Echo\n{\"id\":\"no\"}\n< 200\n{\"id\":\"{{uuid}}\"}\n", "{{uuid}}");
    assertPasses("> Echo\n1791504000.25 ff\n< 200\n{{time}} {{hex}}\n");
    assertFails("> Echo\n1.2500\n< 200\n{{time}}\n", "1.2500");
  }

  @Test
  void placeholdersWithOneNameStandForOneValue() {
    String first = "> Echo\n" + UUID + "\n< 200\n{{uuid:table}}\n";
    assertPasses(first + "> Echo\n" + UUID + "\n< 200\n{{uuid:table}}\n");
    assertFails(first + "> Echo\n" + OTHER_UUID + "\n< 200\n{{uuid:table}}\n", OTHER_UUID);
    assertPasses(first + "> Echo\n" + OTHER_UUID + "\n< 200\n{{uuid:other}}\n");
    assertPasses("> Echo\n" + UUID + "," + UUID + "\n< 200\n{{uuid:a}},{{uuid:a}}\n");
    assertFails(
        "> Echo\n" + UUID + "," + OTHER_UUID + "\n< 200\n{{uuid:a}},{{uuid:a}}\n", OTHER_UUID);
    assertPasses("> Echo\n" + UUID + "," + OTHER_UUID + "\n< 200\n{{uuid}},{{uuid}}\n");
  }

  @Test
  void requestsCanUseWhatAnAnswerHad() {
    assertPasses(
        "> Echo\n" + UUID + "\n< 200\n{{uuid:a}}\n> Echo\n{{uuid:a}}\n< 200\n" + UUID + "\n");
  }

  @Test
  void repetitionsAreWrittenOut() {
    assertPasses("> Length\n{{1000 * 'ab'}}\n< 200\n2000\n");
    assertPasses("> Echo\n[[[]]]\n< 200\n{{3 * '['}}{{3 * ']'}}\n");
  }

  @Test
  void timeAndRestartsReachTheServer() {
    assertPasses("@ advance 1h\n@ restart\n@ advance 250s\n> Age\n< 200\n3850 2\n");
  }

  @Test
  void callersAndHeadersCanBeChosen() {
    assertPasses(
        """
        > Headers as eu-central-1/someone
        + X-Amz-Date: never
        - Content-Type
        - Authorization
        {}
        < 200
        {Host=dynamodb.eu-central-1.example.com, X-Amz-Date=never, X-Amz-Target=DynamoDB_20120810.Headers}
        """);
    assertFails(
        "> Headers as eu-central-1/someone\n< 200\n", "someone/20261009/eu-central-1/dynamodb");
  }

  @Test
  void whatIsNoTranscriptIsRefused() {
    assertFails("{}\n", "some.txt:1", "neither a comment");
    assertFails("@ wait 1h\n> Age\n", "no such directive");
    assertFails("@ advance soon\n", "not a length of time");
    assertFails("> Age\n< 200\n0 1\n@ setting loud 1\n", "some.txt:4", "before the first step");
    assertFails("> Age as me\n", "not a request");
    assertFails("> Age\n< yes\n", "not an answer");
    assertFails("@ setting quiet 1\n> Age\n< 200\n0 1\n", "no such setting");
  }

  @Test
  void updatesWriteWhatCameAndKeepTheRest() throws IOException {
    Path file =
        write(
            "# One.\n> Echo\n{\"id\":\""
                + UUID
                + "\",\"n\":1}\n< 200\n{\"id\":\"{{uuid:a}}\",\"n\":2}\n"
                + "# Two.\n> Nothing\n\n> Echo\n5\n< 200\n5\n");
    Transcripts.check(directory, file, EchoServer::start, true);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # One.
            > Echo
            {"id":"%s","n":1}
            < 200
            {"id":"{{uuid:a}}","n":1}
            # Two.
            > Nothing
            < 400 Refused
            {"__type":"some.space#Refused","message":"no"}

            > Echo
            5
            < 200
            5
            """
                .formatted(UUID));
    assertThatCode(() -> Transcripts.check(directory, file, EchoServer::start, false))
        .doesNotThrowAnyException();
  }

  @Test
  void updatesWrapAndAbridgeLongAnswers() throws IOException {
    String word = "\"" + "ab".repeat(40) + ", x\"";
    Path file = write("> Echo\n[" + word + "," + word + ",\"" + "y".repeat(100) + "\"]\n");
    Transcripts.check(directory, file, EchoServer::start, true);
    assertThat(Files.readString(file))
        .endsWith("< 200\n[" + word + ",\n  " + word + ",\"{{100 * 'y'}}\"]\n");
    assertThatCode(() -> Transcripts.check(directory, file, EchoServer::start, false))
        .doesNotThrowAnyException();
  }

  private void assertPasses(String text) {
    assertThatCode(() -> check(text)).doesNotThrowAnyException();
  }

  private void assertFails(String text, String... told) {
    assertThatThrownBy(() -> check(text)).message().contains(told);
  }

  private void check(String text) throws IOException {
    Transcripts.check(directory, write(text), EchoServer::start, false);
  }

  private Path write(String text) throws IOException {
    Path file = directory.resolve("Echo").resolve("some.txt");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
