package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.server.OstrakaServer;

/** Exit statuses and one-line messages. Every server that a test starts is closed again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MainTest {
  @TempDir Path parent;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                | name a command: serve, check, audit verify, backup, export, import, copy, query, regions, hot, advise, iam or version
          fly                               | name a command: serve, check, audit verify, backup, export, import, copy, query, regions, hot, advise, iam or version, not fly
          serve --port x                    | --port is 0 to 65535, not x
          serve --port -1                   | --port is 0 to 65535, not -1
          serve --port 65536                | --port is 0 to 65535, not 65536
          serve --data d --in-memory        | --data and --in-memory exclude each other
          serve --in-memory --host=         | --host is an address, not an empty text
          serve --data=                     | --data is the name of a directory, not an empty text
          serve --host 0.0.0.0 --in-memory  | connections are not encrypted, so --host must be a loopback address; --tls-certificate and --tls-key encrypt them, and --insecure does without
          serve --tls-key k.pem             | --tls-certificate and --tls-key belong together
          serve --tls-client-ca ca.pem      | --tls-client-ca needs --tls-certificate and --tls-key
          serve --tls-client-optional       | --tls-client-optional needs --tls-client-ca
          serve --tls-client-principals c   | --tls-client-principals needs --tls-client-ca
          serve --tls-certificate no.pem --tls-key no.key | --tls-certificate: no.pem cannot be read (NoSuchFileException)
          serve --allow-from 10.0.0.0/8,x   | --allow-from is like 10.0.0.0/8 or 2001:db8::/32, not: x
          serve --in-memory --allowed-host a:1 | --allowed-host is a name or an address without a port, not: a:1
          serve --in-memory --allowed-origin x | --allowed-origin is like https://example.org or http://example.org:3000, not: x
          serve --in-memory --region Mars!  | --region is not the name of a region: Mars!
          serve --in-memory --account 12    | --account is twelve digits or 'access-key', not 12
          serve --in-memory --table-transition -1 | --table-transition is 0 to 86400000 milliseconds, not -1
          serve --in-memory --table-transition 9223372036854775807 | --table-transition is 0 to 86400000 milliseconds, not 9223372036854775807
          serve --in-memory --ttl-cooldown 86401 | --ttl-cooldown is 0 to 86400 seconds, not 86401
          serve --in-memory --block-cache 0 | --block-cache is 1 to 1048576 megabytes, not 0
          serve --in-memory --transaction-conflict-rate 1.5 | --transaction-conflict-rate is 0 to 1, not 1.5
          serve --in-memory --transaction-conflict-rate NaN | --transaction-conflict-rate is 0 to 1, not NaN
          serve --table-transition 1s       | --table-transition is 0 to 86400000 milliseconds, not 1s
          serve --fast                      | unknown option: --fast
          advise --table votes              | --table needs --admin-url
          advise --admin-url http://127.0.0.1:1 --indexes 2 | --indexes is in what --admin-url measures, and is not given beside it
          serve --port                      | --port needs a value: PORT
          serve --port --in-memory          | --port needs a value: PORT
          serve --port= --in-memory         | --port is 0 to 65535, not an empty text
          serve --port 1 --port 1           | --port is given twice
          serve --in-memory --in-memory     | --in-memory is given twice
          serve --in-memory=true            | --in-memory takes no value
          serve --po 1                      | unknown option: --po
          serve -port 1                     | unknown option: -port
          serve --in-memory fly             | unexpected argument 'fly'
          --fast serve                      | unknown option: --fast
          version --fast                    | unknown option: --fast
          version fly                       | unexpected argument 'fly'
          check                             | name either a data directory or a database with --store
          check here --store postgresql://host/votes | name either a data directory or a database with --store
          serve --store postgresql://user:secret@host/votes | --store has a password, which other users of this machine could read: put it into OSTRAKA_STORE_PASSWORD, into a file for --store-password-file, or the whole URL into OSTRAKA_STORE
          serve --store mysql://host/votes  | --store is not the URL of a PostgreSQL database: it is like postgresql://user@host:5432/database
          serve --store postgresql://host/votes --in-memory | --store excludes --data, --in-memory and --accept-data-loss
          serve --store postgresql://host/votes --store-password-file absent | --store-password-file cannot be read: absent
          serve --in-memory --admin-port 0 --admin-host 192.0.2.1 --insecure | --admin-host must be a loopback address: the admin listener is neither encrypted nor signed; --admin-insecure does without
          serve --in-memory --s3-endpoint http://s3.example | --s3-endpoint is not encrypted: http://s3.example; https encrypts it, and --insecure does without
          check here there                  | unexpected argument 'there'
          """)
  void badOptionsAreRefusedInOneLine(String line, String message) {
    assertRefused(line, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --in-memory --region eu-west-1 --peer us-east-1 |"
            + " --peer is like us-east-1=https://db.example.org:8000, not: us-east-1",
        "serve --in-memory --region eu-west-1 --peer us-east-1=http://db.example:8000 |"
            + " --peer is not encrypted: http://db.example:8000; https encrypts it, and"
            + " --insecure does without",
        "serve --in-memory --peers p.json  |"
            + " --peer and --peers need --region, which names the regions of this process",
        "serve --in-memory --peer us-east-1=http://localhost:1 |"
            + " --peer and --peers need --region, which names the regions of this process",
        "serve --in-memory --peer-key k    | --peer-certificate and --peer-key belong together"
      })
  void badPeersAreRefusedInOneLine(String line, String message) {
    assertRefused(line, message);
  }

  private static void assertRefused(String line, String message) {
    Outcome outcome = Outcome.of(line.isEmpty() ? new String[0] : line.split(" +"));
    assertThat(outcome.err()).isEqualTo("ostraka: " + message + " (see --help)\n");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--store-password-file file",
        "--store-connections 8",
        "--server-lease 4",
        "--store-reader postgresql://standby/votes",
        "--store-reader-lag 9"
      })
  void optionsOfADatabaseAreRefusedWithoutOne(String option) {
    badOptionsAreRefusedInOneLine(
        "serve --in-memory " + option, option.replaceFirst(" .*", "") + " needs --store");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --store-reader postgresql://user:secret@host/votes | --store-reader has a password, which other users of this machine could read: put it into OSTRAKA_STORE_PASSWORD, into a file for --store-password-file, or the whole URL into OSTRAKA_STORE_READER
          --store-reader standby | --store-reader is not the URL of a PostgreSQL database: it is like postgresql://user@host:5432/database
          --store-reader-lag 9   | --store-reader-lag needs --store-reader
          --store-reader-lag 0   | --store-reader-lag is 1 to 3600 seconds, not 0
          """)
  void badOptionsOfStandbysAreRefused(String options, String message) {
    badOptionsAreRefusedInOneLine("serve --store postgresql://host/votes " + options, message);
  }

  @Test
  void versionAndHelpSucceed() {
    for (String line : List.of("version", "--version", "-V", "serve -V", "check --version")) {
      Outcome outcome = Outcome.of(line.split(" "));
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).startsWith("Ostraka ").contains(" on Java ");
    }
    for (String command : List.of("--help", "-h", "serve --help", "serve -h", "check --help")) {
      Outcome outcome = Outcome.of(command.split(" "));
      assertThat(outcome.status()).isZero();
      assertThat(outcome.out()).startsWith("Usage: ostraka");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void helpNamesEveryCommandAndOptionWithItsDefault() {
    assertThat(Outcome.of("--help").out()).contains("\n  serve ", "\n  check ", "\n  version ");
    assertThat(Outcome.of("check", "-h").out())
        .startsWith("Usage: ostraka check [DIR] [options]\n");
    assertThat(Outcome.of("serve", "--help").out())
        .startsWith("Usage: ostraka serve [options]\nRuns the server until SIGTERM or SIGINT.\n")
        .contains(
            "      --port=PORT      The port to listen on, 0 for a free one (default: 8000).\n",
            "--host=ADDRESS",
            "(default: 127.0.0.1)",
            "--insecure",
            "--allowed-host=NAME[,...]",
            "--allowed-origin=ORIGIN[,...]",
            "--data=DIR",
            "(default: ostraka-data)",
            "--in-memory",
            "\n      --block-cache=MEGABYTES\n",
            "(default: 128)",
            "--region=REGION[,...]",
            "--account=ID",
            "--table-transition=MILLISECONDS",
            "--ttl-cooldown=SECONDS",
            "--transaction-conflict-rate=RATE",
            "  -h, --help           ",
            "  -V, --version        ");
  }

  @Test
  void checkRefusesWhatIsNoDataDirectory() throws IOException {
    Path absent = parent.resolve("absent");
    assertFailed(Outcome.of("check", absent.toString()), "there is no directory " + absent);
    Path empty = Files.createDirectory(parent.resolve("empty"));
    assertFailed(Outcome.of("check", empty.toString()), empty + " holds no Ostraka data");
    Path foreign = Files.createDirectory(parent.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "mine");
    assertFailed(
        Outcome.of("check", foreign.toString()),
        foreign + " is not empty and is no Ostraka data directory (it has no ostraka.format)");
  }

  @Test
  void checkOfSoundDataSucceedsAndOfDataInUseFails() throws Exception {
    Path data = parent.resolve("data");
    try (OstrakaServer _ = LocalServer.over(data)) {
      assertFailed(
          Outcome.of("check", data.toString()), data + " is in use by another Ostraka process");
    }
    Outcome outcome = Outcome.of("check", data.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo(data + ": 0 tables, 0 items, 0 log records, 0 problems\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void checkReportsDamage() throws Exception {
    Path data = parent.resolve("data");
    LocalServer.over(data).close();
    Files.writeString(data.resolve("rocksdb").resolve("CURRENT"), "nonsense");
    Outcome outcome = Outcome.of("check", data.toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("ostraka: the data in " + data + " is not all there: ")
        .contains(data.resolve("rocksdb").resolve("CURRENT") + " is damaged");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void serveRefusesALossAndNamesTheOptionThatAcceptsIt() throws Exception {
    Path data = parent.resolve("data");
    LocalServer.over(data).close();
    Path witness = data.resolve("ostraka.durable");
    Files.delete(witness);
    Outcome outcome = Outcome.of("serve", "--port", "0", "--data", data.toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .containsExactly(
            "ostraka: the data in "
                + data
                + " is not all there: "
                + witness
                + " is missing, which says how far the rows are durable",
            "ostraka: restore a backup, or start without the lost data: ostraka serve"
                + " --accept-data-loss");
  }

  @Test
  void serveFailsInOneLineWhenItCannotStart() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "mine");
    Outcome outcome = Outcome.of("serve", "--port", "0", "--data", file.toString());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("ostraka: the data directory " + file);
    assertThat(outcome.err().lines()).hasSize(1);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertFailed(
          Outcome.of("serve", "--in-memory", "--port", port),
          "cannot listen on 127.0.0.1:" + port + " (is the port in use?)");
    }
  }

  private static void assertFailed(Outcome outcome, String message) {
    assertThat(outcome.err()).isEqualTo("ostraka: " + message + "\n");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
  }
}
