package org.ostraka.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.ostraka.engine.EngineSettings;
import org.ostraka.model.AccountId;
import org.ostraka.model.Region;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code ostraka serve}: runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server until SIGTERM or SIGINT.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  /** The process's exit status after a failed write to the disk. */
  private static final int DISK_FAILED = 70;

  private static final int MAX_PORT = 65_535;
  private static final long MAX_BLOCK_CACHE_MEGABYTES = 1 << 20;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "The port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--insecure",
      description =
          "Allows a --host that other machines can reach, although signatures are not verified.")
  private boolean insecure;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The directory for the data (default: ostraka-data).")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--in-memory", description = "Keeps the data in memory, until the process ends.")
  private boolean inMemory;

  @Option(
      names = "--block-cache",
      paramLabel = "MEGABYTES",
      defaultValue = "128",
      description =
          "Memory beside the heap for what is on disk, 1 to 1048576 (default: ${DEFAULT-VALUE}).")
  private long blockCacheMegabytes;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      split = ",",
      description = "A region to serve; repeatable (default: every region that a request names).")
  private List<String> regions = List.of();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "The account of every access key: twelve digits, or 'access-key' to give each access key"
              + " an account of its own (default: 000000000000).")
  private Optional<String> account = Optional.empty();

  @Option(
      names = "--table-transition",
      paramLabel = "MILLISECONDS",
      defaultValue = "0",
      description =
          "How long tables stay in CREATING, UPDATING and DELETING (default: ${DEFAULT-VALUE}).")
  private long tableTransitionMillis;

  @Option(
      names = "--transaction-conflict-rate",
      paramLabel = "RATE",
      defaultValue = "0",
      description =
          "The part of transactions, 0 to 1, that are cancelled as if they met another one, to test"
              + " how an application tries again (default: ${DEFAULT-VALUE}).")
  private double transactionConflictRate;

  @Override
  public Integer call() {
    ServerSettings settings = settings();
    PrintWriter err = spec.commandLine().getErr();
    try {
      OstrakaServer server = OstrakaServer.start(settings, ServeCommand::diskFailed);
      closeWhenTold(server);
      // Whoever reads that the server listens may stop it at once.
      announce(settings, server.port());
      return waitForTheEnd();
    } catch (DataDirectoryException | StorageException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (UncheckedIOException unusable) {
      err.println("ostraka: cannot listen on " + host + ":" + port + " (is the port in use?)");
      return FAILED;
    }
  }

  /** From now on a signal to stop closes the server, and the process ends with status 0. */
  private static void closeWhenTold(OstrakaServer server) {
    Thread stop =
        new Thread(
            () -> {
              server.close();
              // A process that was told to stop and did so has succeeded; the default would be 143.
              Runtime.getRuntime().halt(0);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
  }

  private static int waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static void diskFailed(Throwable cause) {
    System.err.println(
        "ostraka: a write to the disk failed, and the process stops: " + cause.getMessage());
    Runtime.getRuntime().halt(DISK_FAILED);
  }

  private ServerSettings settings() {
    if (port < 0 || port > MAX_PORT) {
      throw bad("--port is 0 to 65535, not " + port);
    }
    if (data.filter(path -> path.toString().isEmpty()).isPresent()) {
      throw bad("--data is the name of a directory, not an empty text");
    }
    if (inMemory && data.isPresent()) {
      throw bad("--data and --in-memory exclude each other");
    }
    long maxMillis = EngineSettings.MAX_TABLE_TRANSITION.toMillis();
    if (tableTransitionMillis < 0 || tableTransitionMillis > maxMillis) {
      throw bad(
          "--table-transition is 0 to "
              + maxMillis
              + " milliseconds, not "
              + tableTransitionMillis);
    }
    if (blockCacheMegabytes < 1 || blockCacheMegabytes > MAX_BLOCK_CACHE_MEGABYTES) {
      throw bad(
          "--block-cache is 1 to "
              + MAX_BLOCK_CACHE_MEGABYTES
              + " megabytes, not "
              + blockCacheMegabytes);
    }
    // Not a number is in no range.
    if (!(transactionConflictRate >= 0 && transactionConflictRate <= 1)) {
      throw bad("--transaction-conflict-rate is 0 to 1, not " + transactionConflictRate);
    }
    return new ServerSettings(
        address(),
        port,
        inMemory ? Optional.empty() : Optional.of(data.orElse(Path.of("ostraka-data"))),
        blockCacheMegabytes << 20,
        servedRegions(),
        accounts(),
        new EngineSettings(Duration.ofMillis(tableTransitionMillis), transactionConflictRate));
  }

  private InetAddress address() {
    if (host.isEmpty()) {
      throw bad("--host is an address, not an empty text");
    }
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw bad("--host is not an address of this machine: " + host);
    }
    if (!address.isLoopbackAddress() && !insecure) {
      throw bad(
          "signatures are not verified yet, so --host must be a loopback address, unless --insecure"
              + " is given");
    }
    return address;
  }

  private Set<Region> servedRegions() {
    for (String region : regions) {
      if (!Region.isLegal(region)) {
        throw bad("--region is not the name of a region: " + region);
      }
    }
    return regions.stream().map(Region::new).collect(Collectors.toUnmodifiableSet());
  }

  private Accounts accounts() {
    String wish = account.orElse(Accounts.DEFAULT_ACCOUNT.value());
    if (wish.equals("access-key")) {
      return Accounts.byAccessKey();
    }
    if (!AccountId.isLegal(wish)) {
      throw bad("--account is twelve digits or 'access-key', not " + wish);
    }
    return Accounts.single(new AccountId(wish));
  }

  private void announce(ServerSettings settings, int listening) {
    PrintWriter out = spec.commandLine().getOut();
    String url = "http://" + inUrl(settings.host(), host) + ":" + listening;
    String local = settings.host().isAnyLocalAddress() ? "http://127.0.0.1:" + listening : url;
    String region = regions.isEmpty() ? "us-east-1" : regions.getFirst();
    if (!settings.host().isLoopbackAddress()) {
      spec.commandLine()
          .getErr()
          .println(
              "ostraka: WARNING: signatures are not verified; whoever can reach "
                  + url
                  + " can read and change everything");
    }
    out.println(Version.text());
    out.println("Listening on " + url);
    out.println(
        settings
            .data()
            .map(path -> "Data in " + path.toAbsolutePath().normalize())
            .orElse("Data in memory, until this process ends"));
    out.println(
        "Try: AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws dynamodb list-tables --region "
            + region
            + " --endpoint-url "
            + local);
  }

  private static String inUrl(InetAddress address, String text) {
    return address instanceof Inet6Address && !text.startsWith("[") ? "[" + text + "]" : text;
  }

  private ParameterException bad(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
