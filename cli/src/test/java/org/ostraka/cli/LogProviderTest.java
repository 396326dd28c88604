package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Isolated, since it changes properties of the system. */
@Isolated
final class LogProviderTest {
  private static final String PROVIDER = "slf4j.provider";
  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final String FILE = "logback.configurationFile";

  private final Properties before = System.getProperties();

  @BeforeEach
  void startWithoutThem() {
    Properties without = (Properties) before.clone();
    without.keySet().removeAll(Set.of(PROVIDER, VERBOSITY, FILE));
    System.setProperties(without);
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  @Test
  void itConfiguresLogback() {
    LogProvider provider = new LogProvider();
    provider.initialize();
    LoggerContext context = (LoggerContext) provider.getLoggerFactory();
    assertThat(context.isStarted()).isTrue();
    assertThat(context.getName()).isEqualTo("default");
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(root.getAppender("stderr")).isNotNull();
    provider.getMDCAdapter().put("key", "value");
    assertThat(context.getMDCAdapter().getCopyOfContextMap()).isEqualTo(Map.of("key", "value"));
  }

  /** A program that logs one line. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      LogProvider.choose();
      LoggerFactory.getLogger("org.ostraka.Program").info("{} line", 1);
    }
  }

  @Test
  void slf4jUsesItAndPrintsNothingElse() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(before.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                before.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(printed).matches("\\S+Z INFO  \\[main\\] Program - 1 line\\R");
  }

  @Test
  void anotherProviderStays() {
    System.setProperty(PROVIDER, "other");
    LogProvider.choose();
    assertThat(System.getProperty(PROVIDER)).isEqualTo("other");
    assertThat(System.getProperty(VERBOSITY)).isNull();
  }

  @Test
  void logbackReadsItsFile() {
    System.setProperty(FILE, "logback.xml");
    LogProvider.choose();
    assertThat(System.getProperty(PROVIDER)).isNull();
  }
}
