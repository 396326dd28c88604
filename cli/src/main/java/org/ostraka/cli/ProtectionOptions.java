package org.ostraka.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.identity.policy.IpRange;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.audit.AuditSettings;
import org.ostraka.server.audit.ItemEvents;
import org.ostraka.server.config.Protection;
import org.ostraka.server.http.AllowedNetworks;
import org.ostraka.server.tls.BadCertificateException;
import org.ostraka.server.tls.ClientCertificates;
import org.ostraka.server.tls.TlsContexts;
import org.ostraka.server.tls.TlsFiles;

/** The options of {@code ostraka serve} that protect it on a network. Stateless. */
final class ProtectionOptions {
  private static final long MAX_AUDIT_FILE_MEGABYTES = 1 << 20;
  private static final int MAX_AUDIT_DAYS = 36_500;

  private static final Option<List<String>> ALLOW_FROM =
      Option.list(
          "--allow-from",
          Kind.text("CIDR"),
          "A network whose clients may connect, such as 10.0.0.0/8 or 2001:db8::/32, or several"
              + " with commas; repeatable (default: every network).");

  private static final Option<Optional<Path>> CERTIFICATE =
      Option.optional(
          "--tls-certificate",
          Kind.path("FILE"),
          "The server's certificate and its authorities in PEM. Clients then use https. The file is"
              + " read again when it changes.");

  private static final Option<Optional<Path>> KEY =
      Option.optional(
          "--tls-key",
          Kind.path("FILE"),
          "The private key of the certificate: PEM, PKCS#8, not encrypted.");

  private static final Option<Optional<Path>> CLIENT_AUTHORITIES =
      Option.optional(
          "--tls-client-ca",
          Kind.path("FILE"),
          "The authorities in PEM that sign the certificates of clients, which clients then have to"
              + " show.");

  private static final Option<Boolean> CLIENTS_OPTIONAL =
      Option.flag(
          "--tls-client-optional",
          "Clients without a certificate may connect too, in spite of --tls-client-ca.");

  private static final Option<Optional<Path>> CLIENT_PRINCIPALS =
      Option.optional(
          "--tls-client-principals",
          Kind.path("FILE"),
          "The users and roles, in JSON, for which certificates of clients stand: requests on their"
              + " connections need no signature. The file is read again when it changes.");

  private static final Option<Optional<Path>> AUDIT_DIRECTORY =
      Option.optional(
          "--audit-dir",
          Kind.path("DIR"),
          "The directory of the audit log (default: audit in the data directory if signatures are"
              + " verified).");

  private static final Option<ItemEvents> AUDIT_DATA_EVENTS =
      Option.withDefault(
          "--audit-data-events",
          new Kind<>("WHICH", "none, writes or all", ProtectionOptions::dataEvents),
          "none",
          "The operations on items that the audit log has beside those on tables: none, writes, or"
              + " all.");

  private static final Option<Long> AUDIT_FILE_SIZE =
      Option.withDefault(
          "--audit-file-size",
          Kind.whole("MEGABYTES", 1, MAX_AUDIT_FILE_MEGABYTES, "megabytes"),
          "64",
          "The size from which the audit log begins a new file.");

  private static final Option<Integer> AUDIT_DAYS =
      Option.withDefault(
          "--audit-days",
          Kind.whole("DAYS", 0, MAX_AUDIT_DAYS),
          "0",
          "How long files of the audit log are kept, 0 for ever.");

  static final List<Option<?>> ALL =
      List.of(
          ALLOW_FROM,
          CERTIFICATE,
          KEY,
          CLIENT_AUTHORITIES,
          CLIENTS_OPTIONAL,
          CLIENT_PRINCIPALS,
          AUDIT_DIRECTORY,
          AUDIT_DATA_EVENTS,
          AUDIT_FILE_SIZE,
          AUDIT_DAYS);

  private ProtectionOptions() {}

  /**
   * Reads the options, and the certificates that they name.
   *
   * @param data the data directory, if there is one
   * @param isVerified whether signatures are verified
   */
  static Protection read(Arguments given, Optional<Path> data, boolean isVerified) {
    return new Protection(
        networks(given),
        audit(given, data, isVerified),
        files(given).map(ProtectionOptions::opened),
        clientPrincipals(given));
  }

  private static Optional<Path> clientPrincipals(Arguments given) {
    Optional<Path> file = given.get(CLIENT_PRINCIPALS);
    if (file.isPresent() && given.get(CLIENT_AUTHORITIES).isEmpty()) {
      throw new BadArgumentsException("--tls-client-principals needs --tls-client-ca");
    }
    return file;
  }

  private static Optional<AuditSettings> audit(
      Arguments given, Optional<Path> data, boolean isVerified) {
    Optional<Path> beside = isVerified ? data.map(path -> path.resolve("audit")) : Optional.empty();
    Optional<Path> directory = given.get(AUDIT_DIRECTORY).or(() -> beside);
    if (directory.isEmpty() && given.get(AUDIT_DATA_EVENTS) != ItemEvents.NONE) {
      throw new BadArgumentsException("--audit-data-events needs --audit-dir");
    }
    return directory.map(path ->
        new AuditSettings(
            path,
            given.get(AUDIT_DATA_EVENTS),
            given.get(AUDIT_FILE_SIZE) << 20,
            given.get(AUDIT_DAYS)));
  }

  private static ItemEvents dataEvents(String text) {
    return switch (text) {
      case "none" -> ItemEvents.NONE;
      case "writes" -> ItemEvents.WRITES;
      case "all" -> ItemEvents.ALL;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static AllowedNetworks networks(Arguments given) {
    List<IpRange> ranges = new ArrayList<>();
    for (String list : given.get(ALLOW_FROM)) {
      for (String text : list.split(",", -1)) {
        ranges.add(
            IpRange.parse(text.strip())
                .orElseThrow(() ->
                    new BadArgumentsException(
                        "--allow-from is like 10.0.0.0/8 or 2001:db8::/32, not: " + text)));
      }
    }
    return new AllowedNetworks(ranges);
  }

  private static Optional<TlsFiles> files(Arguments given) {
    Optional<Path> certificate = given.get(CERTIFICATE);
    Optional<Path> key = given.get(KEY);
    Optional<Path> authorities = given.get(CLIENT_AUTHORITIES);
    boolean optional = given.get(CLIENTS_OPTIONAL);
    if (certificate.isPresent() != key.isPresent()) {
      throw new BadArgumentsException("--tls-certificate and --tls-key belong together");
    }
    if (authorities.isPresent() && certificate.isEmpty()) {
      throw new BadArgumentsException("--tls-client-ca needs --tls-certificate and --tls-key");
    }
    if (optional && authorities.isEmpty()) {
      throw new BadArgumentsException("--tls-client-optional needs --tls-client-ca");
    }
    ClientCertificates clients =
        optional ? ClientCertificates.OPTIONAL : ClientCertificates.REQUIRED;
    return certificate.map(file ->
        new TlsFiles(
            file,
            key.orElseThrow(),
            authorities,
            authorities.isPresent() ? clients : ClientCertificates.OFF));
  }

  private static TlsContexts opened(TlsFiles files) {
    try {
      return TlsContexts.open(files, InstantSource.system());
    } catch (BadCertificateException unusable) {
      throw new BadArgumentsException("--tls-certificate: " + unusable.reason());
    }
  }
}
