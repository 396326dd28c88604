package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code voting serve} as a process whose database is away: what it does by itself. Both tests
 * wait, so they run at once.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class ServeIT {
  private static final Pattern LISTENING = Pattern.compile("http://127[.]0[.]0[.]1:([0-9]+)");
  private static final int PATIENCE_MILLIS = 60_000;

  private final VoterKey first = VoterKey.make();
  private final VoterKey second = VoterKey.make();
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path directory;

  private Path keys;
  private Process process;
  private int port;

  @BeforeEach
  void start() throws IOException {
    keys = directory.resolve("keys.json");
    Files.writeString(keys, first.publicSet());
    Path output = directory.resolve("output");
    process =
        Voting.start(
            output,
            List.of(
                "serve",
                "--region",
                "us-east-1=http://127.0.0.1:" + TwoRegions.freePort(),
                "--copies",
                "1",
                "--port",
                "0",
                "--jwks",
                keys.toString(),
                "--issuer",
                VoterKey.ISSUER,
                "--audience",
                VoterKey.AUDIENCE,
                "--receipt-key",
                directory.resolve("receipt-key").toString()));
    await("the server listens", () -> listens(output));
  }

  private boolean listens(Path output) {
    Matcher matcher = LISTENING.matcher(TwoRegions.read(output));
    boolean listens = matcher.find();
    port = listens ? Integer.parseInt(matcher.group(1)) : 0;
    return listens;
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
    http.close();
  }

  @Test
  void aServerTakesTheNewKeysOfItsFile() throws Exception {
    assertThat(vote(first)).as("the database is away").isEqualTo(503);
    assertThat(vote(second)).isEqualTo(401);
    Files.writeString(keys, second.publicSet());
    await("the keys are read", () -> vote(second) == 503);
    assertThat(vote(first)).isEqualTo(401);
  }

  private int vote(VoterKey key) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/elections/e/votes"))
            .header("Authorization", "Bearer " + key.token("voter"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"candidate\":\"a\"}"))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** The JDK's server does this when it is told to; the time is in seconds. */
  @Test
  void whoSendsTooSlowlyIsCutOffAfterHalfAMinute() throws Exception {
    String head = "POST /elections/e/votes HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n";
    String token = "Authorization: Bearer " + first.token("voter") + "\r\n";
    try (Socket withoutEnd = send(head);
        Socket withoutBody = send(head + token + "\r\n{")) {
      assertThat(withoutEnd.getInputStream().read()).isEqualTo(-1);
      assertThat(withoutBody.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket send(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
