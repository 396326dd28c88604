package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The peer dynalite, which npm installs when it is missing. One thread. */
final class Dynalite {
  static final String NAME = "dynalite";

  private static final String VERSION = "4.0.0";
  private static final String ADDRESS = "127.0.0.1";

  private final Path directory;

  Dynalite(Path directory) {
    this.directory = directory;
  }

  /** Installs dynalite; the exception names what is missing: Node, npm or the package. */
  void install() throws IOException {
    run(List.of("node", "--version"), "there is no node");
    if (!Files.exists(program())) {
      Files.createDirectories(directory);
      run(
          List.of(
              "npm",
              "install",
              "--prefix",
              directory.toString(),
              "--no-audit",
              "--no-fund",
              "--silent",
              NAME + "@" + VERSION),
          "npm could not fetch it");
    }
  }

  /** Returns the command for a process that keeps its tables in this directory. */
  List<String> command(Path data) throws IOException {
    return List.of(
        "node",
        program().toString(),
        "--host",
        ADDRESS,
        "--port",
        Integer.toString(freePort()),
        "--path",
        data.toString(),
        "--createTableMs",
        "0",
        "--deleteTableMs",
        "0");
  }

  private Path program() {
    return directory.resolve("node_modules/dynalite/cli.js");
  }

  private static void run(List<String> command, String problem) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(problem);
      }
    } catch (IOException failure) {
      throw new IOException(problem, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
