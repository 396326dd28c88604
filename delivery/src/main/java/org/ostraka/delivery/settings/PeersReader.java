package org.ostraka.delivery.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.model.Region;

/** Reads a file that names the regions of other processes: see {@code docs/regions.md}. */
public final class PeersReader {
  /** Regions of the service are about forty. */
  private static final int MAX_PEERS = 100;

  private static final int MAX_PRINCIPALS = 100;

  private static final String PEERS = "Peers";
  private static final String REGION = "Region";
  private static final String PRINCIPALS = "Principals";

  private PeersReader() {}

  /**
   * What the file says. Immutable.
   *
   * @param principals the ARNs of those who may bring changes of other regions
   */
  public record Content(List<Entry> peers, List<String> principals) {
    public Content {
      peers = List.copyOf(peers);
      principals = List.copyOf(principals);
    }
  }

  /**
   * A region of another process. Immutable.
   *
   * @param authority the file of the authorities that sign its certificate
   * @param certificate the file of the certificate that it is shown
   * @param key the file of that certificate's key
   */
  public record Entry(
      Region region,
      URI url,
      Optional<String> authority,
      Optional<String> certificate,
      Optional<String> key) {}

  /**
   * Returns what a file says.
   *
   * @param json reads JSON; throws JsonSyntaxException when a text is none
   * @throws SettingsException when anything is unknown, missing, or out of its range
   */
  public static Content read(byte[] file, Function<byte[], JsonValue> json) {
    List<String> problems = new ArrayList<>();
    Section root = Section.of("", json.apply(file), problems);
    List<Entry> peers = new ArrayList<>();
    Set<Region> regions = new HashSet<>();
    List<JsonValue> elements = root.elements(PEERS, MAX_PEERS);
    for (int i = 0; i < elements.size(); i++) {
      Section section = root.element(PEERS, i, elements.get(i));
      Entry peer = peer(section);
      if (!regions.add(peer.region())) {
        section.refuse(REGION, "is named twice");
      }
      peers.add(peer);
    }
    List<String> principals = principals(root);
    root.refuseUnknown();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Content(peers, principals);
  }

  private static Entry peer(Section section) {
    Entry peer =
        new Entry(
            section.parsed(
                REGION,
                new Region("none"),
                "a region",
                text -> Region.isLegal(text) ? Optional.of(new Region(text)) : Optional.empty()),
            section.parsed(
                "Url",
                URI.create("http://localhost"),
                "like https://db.example.org:8000",
                PeersReader::url),
            section.text("Authority"),
            section.text("Certificate"),
            section.text("Key"));
    if (peer.certificate().isPresent() != peer.key().isPresent()) {
      section.refuse("Certificate", "and Key belong together");
    }
    section.refuseUnknown();
    return peer;
  }

  /** Returns the URL of a process: http or https, a host, and nothing behind the port. */
  public static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return isHttp && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** Returns whether a text can be the ARN of who signs requests. */
  public static boolean isPrincipal(String arn) {
    return arn.startsWith("arn:aws:iam::") || arn.startsWith("arn:aws:sts::");
  }

  private static List<String> principals(Section root) {
    List<String> principals = new ArrayList<>();
    for (JsonValue value : root.elements(PRINCIPALS, MAX_PRINCIPALS)) {
      if (value instanceof JsonValue.Text(String arn) && isPrincipal(arn)) {
        principals.add(arn);
      } else {
        root.refuse(PRINCIPALS, "are ARNs like arn:aws:iam::000000000000:user/peer");
      }
    }
    return principals;
  }
}
