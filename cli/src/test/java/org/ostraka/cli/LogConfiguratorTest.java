package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class LogConfiguratorTest {
  @Test
  void logbackFindsIt() {
    assertThat(ServiceLoader.load(Configurator.class))
        .hasAtLeastOneElementOfType(LogConfigurator.class);
  }

  @Test
  void linesGoToStandardErrorWithTimeLevelThreadAndName() {
    LoggerContext context = new LoggerContext();
    assertThat(new LogConfigurator().configure(context))
        .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    Logger logger = context.getLogger("org.ostraka.engine.IndexBuilder");
    assertThat(logger.getEffectiveLevel()).isEqualTo(Level.INFO);
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
    assertThat(appender.getTarget()).isEqualTo("System.err");
    LoggingEvent event =
        new LoggingEvent("", logger, Level.WARN, "{} items", null, new Object[] {2});
    event.setThreadName("builder");
    event.setInstant(Instant.parse("2026-11-21T10:15:30.120Z"));
    assertThat(new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "2026-11-21T10:15:30.120Z WARN  [builder] IndexBuilder - 2 items\n");
  }

  @Test
  void helidonLogsWarningsOnly() {
    LoggerContext context = new LoggerContext();
    new LogConfigurator().configure(context);
    assertThat(context.getLogger("io.helidon.webserver.ServerListener").getEffectiveLevel())
        .isEqualTo(Level.WARN);
    assertThat(context.getLogger("io.helidon.webserver.LoomServer").getEffectiveLevel())
        .isEqualTo(Level.OFF);
  }
}
