package org.ostraka.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of a broker, and those that it starts. One thread. */
final class BrokerProcess {
  private static final Duration START = Duration.ofMinutes(2);

  private final Process process;

  private BrokerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a broker and waits until it listens.
   *
   * @param log gets what it prints
   */
  static BrokerProcess start(
      List<String> command, Map<String, String> environment, int port, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      BrokerProcess broker = new BrokerProcess(builder.start());
      broker.awaitListening(port, log);
      return broker;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs a command to its end. */
  static void run(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status + ": " + read(log));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** Returns ports that are free now. */
  static int[] freePorts(int count) {
    try {
      ServerSocket[] sockets = new ServerSocket[count];
      int[] ports = new int[count];
      for (int i = 0; i < count; i++) {
        sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ports[i] = sockets[i].getLocalPort();
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitListening(int port, Path log) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (!isListening(port)) {
      if (System.nanoTime() > end || hasEnded()) {
        kill();
        throw new IllegalStateException("the broker does not listen: " + read(log));
      }
    }
  }

  private boolean hasEnded() {
    try {
      return process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Kills the process, and those that it started, as a power cut does. */
  void kill() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    all.forEach(each -> each.onExit().join());
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException failed) {
      return failed.getMessage();
    }
  }
}
