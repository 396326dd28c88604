package org.ostraka.brokers;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A RabbitMQ broker with everything of its own in a directory, also the daemon that maps Erlang's
 * names to ports. One thread.
 */
final class RabbitServer implements AutoCloseable {
  /** Debian's command on the PATH changes to another user; this one is what it calls. */
  private static final Path COMMAND = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private final Path directory;
  private final int port;
  private final Map<String, String> environment = new HashMap<>();
  private BrokerProcess process;

  RabbitServer(Path directory) {
    if (!Files.isExecutable(COMMAND)) {
      throw new IllegalStateException(
          "RabbitMQ is missing: install the Debian package rabbitmq-server");
    }
    this.directory = directory;
    int[] ports = BrokerProcess.freePorts(3);
    this.port = ports[0];
    environment.put("HOME", directory.toString());
    environment.put("RABBITMQ_NODENAME", "ostraka-" + port + "@localhost");
    environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_NODE_PORT", Integer.toString(port));
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(ports[1]));
    environment.put("ERL_EPMD_PORT", Integer.toString(ports[2]));
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_BASE", directory.toString());
    environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString());
    environment.put("RABBITMQ_LOG_BASE", directory.resolve("logs").toString());
    environment.put("RABBITMQ_LOGS", "-");
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString());
    environment.put("RABBITMQ_CONF_ENV_FILE", directory.resolve("no-environment").toString());
    environment.put("RABBITMQ_CONFIG_FILE", directory.resolve("no-settings").toString());
    start();
  }

  /** Starts the broker again after {@link #kill}. */
  void start() {
    process = BrokerProcess.start(List.of(COMMAND.toString()), environment, port, log());
  }

  void kill() {
    process.kill();
  }

  URI uri() {
    return URI.create("amqp://guest:guest@127.0.0.1:" + port);
  }

  Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri());
    return factory.newConnection();
  }

  private Path log() {
    return directory.resolve("log");
  }

  @Override
  public void close() {
    kill();
    BrokerProcess.run(List.of("epmd", "-relaxed_command_check", "-kill"), environment, log());
  }
}
