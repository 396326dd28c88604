package org.ostraka.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.delivery.settings.PeersReader;
import org.ostraka.model.Region;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.auth.RootKey;
import org.ostraka.server.config.PeerSettings;
import org.ostraka.server.region.PeerConnections;
import org.ostraka.server.tls.ClientTlsFiles;

/** The options of {@code ostraka serve} for regions of other processes. Stateless. */
final class PeerOptions {
  private static final String KEY_ID = "OSTRAKA_PEER_ACCESS_KEY_ID";
  private static final String KEY_SECRET = "OSTRAKA_PEER_SECRET_ACCESS_KEY";

  private static final Option<List<String>> PEERS =
      Option.list(
          "--peer",
          Kind.text("REGION=URL"),
          "A region of another process, to which tables can be replicated, such as"
              + " us-east-1=https://db.example.org:8000; repeatable; needs --region. Requests are"
              + " signed with the access key in "
              + KEY_ID
              + " and "
              + KEY_SECRET
              + ".");

  private static final Option<List<String>> PRINCIPALS =
      Option.list(
          "--peer-principal",
          Kind.text("ARN"),
          "A user, a session of a role or a root user whose requests may bring changes of other"
              + " regions, to tables of all accounts; repeatable.");

  private static final Option<Optional<Path>> FILE =
      Option.optional(
          "--peers",
          Kind.path("FILE"),
          "A file in JSON that names regions of other processes and peer principals, with an"
              + " authority and a certificate for each. The file is read again when it changes.");

  private static final Option<Optional<Path>> AUTHORITY =
      Option.optional(
          "--peer-ca",
          Kind.path("FILE"),
          "The authorities in PEM that sign the certificates of peers (default: those that Java"
              + " trusts).");

  private static final Option<Optional<Path>> CERTIFICATE =
      Option.optional(
          "--peer-certificate",
          Kind.path("FILE"),
          "The certificate in PEM that this server shows to peers. Without a peer access key it"
              + " takes the place of signatures.");

  private static final Option<Optional<Path>> KEY =
      Option.optional(
          "--peer-key",
          Kind.path("FILE"),
          "The private key of the peer certificate: PEM, PKCS#8, not encrypted.");

  private static final Option<Boolean> CHANGE_REGIONS =
      Option.flag(
          "--change-regions",
          "Starts although --region, --peer or --peers contradict the regions with which the data"
              + " was served before. Data of different regions may mix: see docs/regions.md.");

  static final List<Option<?>> ALL =
      List.of(PEERS, FILE, PRINCIPALS, AUTHORITY, CERTIFICATE, KEY, CHANGE_REGIONS);

  private PeerOptions() {}

  /**
   * Returns the settings; refuses what cannot be used.
   *
   * @param insecure whether connections beyond this machine may do without encryption
   */
  static PeerSettings read(
      Arguments given, List<String> served, boolean insecure, Map<String, String> environment) {
    Optional<Path> file = given.get(FILE);
    if (served.isEmpty() && (file.isPresent() || !given.get(PEERS).isEmpty())) {
      throw new BadArgumentsException(
          "--peer and --peers need --region, which names the regions of this process");
    }
    for (String arn : given.get(PRINCIPALS)) {
      if (!PeersReader.isPrincipal(arn)) {
        throw new BadArgumentsException(
            "--peer-principal is like arn:aws:iam::000000000000:user/peer, not: " + arn);
      }
    }
    return new PeerSettings(
        peers(given, served, insecure),
        file,
        tls(given),
        key(environment),
        given.get(PRINCIPALS),
        insecure,
        RegionFaultOptions.read(given),
        given.get(CHANGE_REGIONS));
  }

  private static Map<Region, URI> peers(Arguments given, List<String> served, boolean insecure) {
    Map<Region, URI> peers = new HashMap<>();
    for (String text : given.get(PEERS)) {
      int equals = text.indexOf('=');
      if (equals < 0 || !Region.isLegal(text.substring(0, equals))) {
        throw new BadArgumentsException(
            "--peer is like us-east-1=https://db.example.org:8000, not: " + text);
      }
      Region region = new Region(text.substring(0, equals));
      if (served.contains(region.value())) {
        throw new BadArgumentsException("--peer and --region both name " + region);
      }
      URI url = ServeCommand.endpoint("the URL of --peer", text.substring(equals + 1));
      if (!PeerConnections.isSafe(url) && !insecure) {
        throw new BadArgumentsException(
            "--peer is not encrypted: " + url + "; https encrypts it, and --insecure does without");
      }
      if (peers.put(region, url) != null) {
        throw new BadArgumentsException("--peer names " + region + " twice");
      }
    }
    return peers;
  }

  private static ClientTlsFiles tls(Arguments given) {
    Optional<Path> certificate = given.get(CERTIFICATE);
    Optional<Path> key = given.get(KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new BadArgumentsException("--peer-certificate and --peer-key belong together");
    }
    return new ClientTlsFiles(given.get(AUTHORITY), certificate, key);
  }

  private static Optional<RootKey> key(Map<String, String> environment) {
    String id = environment.get(KEY_ID);
    String secret = environment.get(KEY_SECRET);
    if (id == null && secret == null) {
      return Optional.empty();
    }
    if (id == null || secret == null) {
      throw new BadArgumentsException(KEY_ID + " and " + KEY_SECRET + " are set together");
    }
    if (!RootKey.isLegalId(id) || !RootKey.isLegalSecret(secret)) {
      throw new BadArgumentsException(KEY_ID + " and " + KEY_SECRET + " are no access key");
    }
    return Optional.of(RootKey.of(id, secret));
  }
}
