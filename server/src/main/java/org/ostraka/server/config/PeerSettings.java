package org.ostraka.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.Region;
import org.ostraka.server.auth.RootKey;
import org.ostraka.server.tls.ClientTlsFiles;

/**
 * The regions of other processes. Immutable.
 *
 * @param peers the URL of each of these regions
 * @param file a file with further ones, which is read again when it changes
 * @param tls what connections trust and show, unless the file says otherwise
 * @param key the access key that signs the requests to them; empty when they verify no signatures,
 *     or certificates say who sends requests
 * @param principals the ARNs of those who may send changes of other regions
 * @param insecure whether connections beyond this machine may do without encryption
 * @param faults what is turned on to test applications, between regions of this process too
 * @param changesRegions whether the regions may be others than those that the data was served with,
 *     although data of different regions may mix
 */
public record PeerSettings(
    Map<Region, URI> peers,
    Optional<Path> file,
    ClientTlsFiles tls,
    Optional<RootKey> key,
    List<String> principals,
    boolean insecure,
    RegionFaults faults,
    boolean changesRegions) {
  /** No other processes. */
  public static final PeerSettings NONE =
      new PeerSettings(
          Map.of(),
          Optional.empty(),
          ClientTlsFiles.NONE,
          Optional.empty(),
          List.of(),
          false,
          RegionFaults.NONE);

  /** Makes settings that do not change which regions are served. */
  public PeerSettings(
      Map<Region, URI> peers,
      Optional<Path> file,
      ClientTlsFiles tls,
      Optional<RootKey> key,
      List<String> principals,
      boolean insecure,
      RegionFaults faults) {
    this(peers, file, tls, key, principals, insecure, faults, false);
  }

  public PeerSettings {
    peers = Map.copyOf(peers);
    principals = List.copyOf(principals);
  }
}
