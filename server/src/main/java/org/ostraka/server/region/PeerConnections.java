package org.ostraka.server.region;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.settings.PeersReader;
import org.ostraka.delivery.settings.SettingsException;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.engine.region.ChangedRegionsException;
import org.ostraka.engine.region.Deployments;
import org.ostraka.engine.region.Peer;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.model.Region;
import org.ostraka.server.auth.RootKey;
import org.ostraka.server.config.PeerSettings;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.tls.BadCertificateException;
import org.ostraka.server.tls.ClientTls;
import org.ostraka.server.tls.ClientTlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to the regions of other processes, as the settings and their files have them now. One
 * thread reloads; any thread asks.
 */
public final class PeerConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerConnections.class);

  /** Signs for processes that verify no signatures. */
  private static final RootKey ANY_KEY = RootKey.of("local", "local-secret");

  private final PeerSettings settings;
  private final Set<Region> served;
  private final InstantSource clock;
  private final Deployments deployments;
  private volatile Map<Region, Connection> connections = Map.of();
  private volatile List<String> principals = List.of();
  private String lastProblem = "";

  /** Where a region is, and what is shown there. */
  private record Address(URI url, ClientTls tls, boolean showsCertificate) {}

  private record Connection(Address address, HttpPeer peer) {}

  /** All that the settings and files say. */
  private record Wanted(Map<Region, Address> addresses, List<String> principals) {}

  private PeerConnections(
      PeerSettings settings, Set<Region> served, InstantSource clock, Deployments deployments) {
    this.settings = settings;
    this.served = served;
    this.clock = clock;
    this.deployments = deployments;
  }

  /**
   * Reads the files; nothing is sent yet.
   *
   * @param served the regions of this process
   * @param deployments remembers which regions are served here and elsewhere
   * @throws PeerSettingsException when the settings or the files cannot be used, or the data in the
   *     store was served with other regions
   */
  public static PeerConnections open(
      PeerSettings settings, Set<Region> served, InstantSource clock, Deployments deployments) {
    PeerConnections opened = new PeerConnections(settings, served, clock, deployments);
    opened.use(opened.read());
    return opened;
  }

  /** Returns whether requests to a process are encrypted, or stay on this machine. */
  public static boolean isSafe(URI url) {
    return isEncrypted(url) || AllowedHosts.isLoopback(url.getHost().toLowerCase(Locale.ROOT));
  }

  private static boolean isEncrypted(URI url) {
    return "https".equals(url.getScheme());
  }

  /** Returns the way to each region. */
  public Map<Region, Peer> peers() {
    return connections.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().peer()));
  }

  /** Returns the ARNs of those who may bring changes of other regions. */
  public List<String> principals() {
    return principals;
  }

  /** Returns whether they may change while the server runs: whether {@link #reload} is of use. */
  public boolean dependOnFiles() {
    return !settings.peers().isEmpty() || settings.file().isPresent();
  }

  /**
   * Reads the files again. When they have changed, other connections take the place of those that
   * they concern; when they cannot be used, everything stays as it was, and the log says why.
   */
  public void reload() {
    try {
      Wanted wanted = read();
      if (!wanted.equals(present())) {
        use(wanted);
        LOG.info("the regions of other processes are now {}", wanted.addresses().keySet());
      }
      lastProblem = "";
    } catch (PeerSettingsException unusable) {
      String problem = String.valueOf(unusable.getMessage());
      if (!problem.equals(lastProblem)) {
        LOG.warn("the regions of other processes stay as they were: {}", problem);
      }
      lastProblem = problem;
    }
  }

  private Wanted present() {
    Map<Region, Address> addresses = new HashMap<>();
    connections.forEach((region, connection) -> addresses.put(region, connection.address()));
    return new Wanted(addresses, principals);
  }

  private Wanted read() {
    Map<Region, Address> addresses = new HashMap<>();
    List<String> all = new ArrayList<>(settings.principals());
    settings
        .peers()
        .forEach(
            (region, url) -> addresses.put(region, address("--peer", region, url, settings.tls())));
    settings
        .file()
        .ifPresent(file -> {
          PeersReader.Content content = content(file);
          content
              .peers()
              .forEach(entry -> {
                Address address =
                    address(file.toString(), entry.region(), entry.url(), tls(file, entry));
                if (addresses.put(entry.region(), address) != null) {
                  throw new PeerSettingsException(
                      file + ": --peer names the region " + entry.region() + " too");
                }
              });
          all.addAll(content.principals());
        });
    return new Wanted(addresses, all);
  }

  private static PeersReader.Content content(Path file) {
    try {
      return PeersReader.read(Files.readAllBytes(file), JsonText::parse);
    } catch (IOException unreadable) {
      throw new PeerSettingsException(
          file + " cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    } catch (JsonSyntaxException wrong) {
      throw new PeerSettingsException(file + ": " + wrong.getMessage());
    } catch (SettingsException wrong) {
      throw new PeerSettingsException(file + ": " + String.join("; ", wrong.problems()));
    }
  }

  /** Returns the files of an entry, whose names are relative to that of its own file. */
  private ClientTlsFiles tls(Path file, PeersReader.Entry entry) {
    return new ClientTlsFiles(
            entry.authority().map(file::resolveSibling),
            entry.certificate().map(file::resolveSibling),
            entry.key().map(file::resolveSibling))
        .orElse(settings.tls());
  }

  private Address address(String where, Region region, URI url, ClientTlsFiles tls) {
    if (served.isEmpty()) {
      throw new PeerSettingsException(
          where + ": regions of other processes need --region, which names those of this one");
    }
    if (served.contains(region)) {
      throw new PeerSettingsException(where + ": the region " + region + " is served here");
    }
    if (!isSafe(url) && !settings.insecure()) {
      throw new PeerSettingsException(
          where + ": " + url + " is not encrypted; use https, and --insecure does without");
    }
    try {
      return new Address(url, tls.read(), isEncrypted(url) && tls.certificate().isPresent());
    } catch (BadCertificateException unusable) {
      throw new PeerSettingsException(where + ": " + unusable.reason());
    }
  }

  private void remember(Set<Region> peers) {
    try {
      deployments.serve(served, peers, settings.changesRegions());
    } catch (ChangedRegionsException mixed) {
      throw new PeerSettingsException(
          mixed.getMessage() + " (--change-regions starts all the same)");
    }
  }

  /** Opens what is new, and then closes what is not wanted any more. */
  private void use(Wanted wanted) {
    remember(wanted.addresses().keySet());
    Map<Region, Connection> before = connections;
    Map<Region, Connection> after = new HashMap<>();
    try {
      wanted
          .addresses()
          .forEach((region, address) -> {
            Connection present = before.get(region);
            after.put(
                region,
                present != null && present.address().equals(address)
                    ? present
                    : new Connection(address, peer(region, address)));
          });
    } catch (PeerSettingsException unusable) {
      closeAllBut(before, after);
      throw unusable;
    }
    connections = Map.copyOf(after);
    principals = wanted.principals();
    closeAllBut(after, before);
  }

  private HttpPeer peer(Region region, Address address) {
    RequestSigner signer = signer(settings.key().orElse(ANY_KEY), region);
    boolean isUnsigned = settings.key().isEmpty() && address.showsCertificate();
    try {
      return new HttpPeer(
          Versions.spoken(),
          address.url(),
          Optional.of(new PeerIdentity(deployments, region)),
          isUnsigned ? Optional.empty() : Optional.of(signer),
          address.tls().context(clock.instant()),
          clock);
    } catch (BadCertificateException unusable) {
      throw new PeerSettingsException(region + ": " + unusable.reason());
    }
  }

  private static RequestSigner signer(RootKey key, Region region) {
    return new RequestSigner(key.id(), key.secret(), Optional.empty(), region.value(), "dynamodb");
  }

  private static void closeAllBut(
      Map<Region, Connection> kept, Map<Region, Connection> connections) {
    for (Connection each : connections.values()) {
      if (!kept.containsValue(each)) {
        each.peer().close();
      }
    }
  }

  @Override
  public void close() {
    connections.values().forEach(each -> each.peer().close());
  }
}
