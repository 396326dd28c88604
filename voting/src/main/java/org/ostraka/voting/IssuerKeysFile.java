package org.ostraka.voting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.token.VoterTokens;

/**
 * The file with the keys that sign voters' tokens, which is read again when it changes: an OpenID
 * Connect provider may change its keys while an election is open ("OpenID Connect Core 1.0",
 * section 10.1.1). One thread reads; any thread asks for the tokens.
 */
final class IssuerKeysFile {
  private static final System.Logger LOG = System.getLogger(IssuerKeysFile.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Path file;
  private final VoterTokens tokens;
  private final Consumer<String> warn;
  private String content;
  private String lastProblem = "";

  /**
   * Reads the file.
   *
   * @param warn takes what is wrong with the file later
   * @throws IllegalArgumentException if it is no key set
   */
  IssuerKeysFile(
      Path file, String issuer, String audience, InstantSource clock, Consumer<String> warn)
      throws IOException {
    this.file = file;
    this.content = Files.readString(file);
    this.tokens = new VoterTokens(content, issuer, audience, clock);
    this.warn = warn;
  }

  /** Reads the file; what is wrong with it later is logged. */
  IssuerKeysFile(Path file, String issuer, String audience, InstantSource clock)
      throws IOException {
    this(file, issuer, audience, clock, warning -> LOG.log(System.Logger.Level.WARNING, warning));
  }

  /** Returns the verifier of tokens, which has the keys of the file. */
  VoterTokens tokens() {
    return tokens;
  }

  /** Reads the file every five seconds until the thread is interrupted. */
  void run(Pause pause) {
    pause.pause(INTERVAL);
    while (!Thread.currentThread().isInterrupted()) {
      if (reload()) {
        LOG.log(
            System.Logger.Level.INFO, "the keys of voters' tokens are those of " + file + " now");
      }
      pause.pause(INTERVAL);
    }
  }

  /**
   * Reads the file again, and replaces the keys when it has changed. When it cannot be used they
   * stay as they were.
   *
   * @return whether they were replaced
   */
  boolean reload() {
    try {
      String now = Files.readString(file);
      boolean isNew = !now.equals(content);
      if (isNew) {
        tokens.replaceKeys(now);
        content = now;
      }
      lastProblem = "";
      return isNew;
    } catch (IOException unreadable) {
      stay("cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    } catch (IllegalArgumentException unusable) {
      stay(String.valueOf(unusable.getMessage()));
    }
    return false;
  }

  /** Says why the keys stay as they were, once for each problem. */
  private void stay(String problem) {
    if (!problem.equals(lastProblem)) {
      warn.accept("the keys of voters' tokens stay as they were: " + file + ": " + problem);
    }
    lastProblem = problem;
  }
}
