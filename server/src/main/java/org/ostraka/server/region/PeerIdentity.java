package org.ostraka.server.region;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.region.Deployments;
import org.ostraka.model.Region;

/**
 * Says who sends requests to another region and who is expected to answer, and verifies who does.
 * Servers of before this was so send no such fields, and are not verified. Immutable.
 *
 * @param deployments knows the own deployment and those of other regions
 * @param region the region to which requests are sent
 */
record PeerIdentity(Deployments deployments, Region region) {
  /** The field of requests and answers that names the deployment of their sender. */
  static final String SENDER = "X-Ostraka-Regions-Sender";

  /** The field of requests that names the deployment that is to answer. */
  static final String RECIPIENT = "X-Ostraka-Regions-Recipient";

  /** Returns the fields of a request. */
  Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    deployments.own().ifPresent(id -> fields.put(SENDER, id.toString()));
    deployments.of(region).ifPresent(id -> fields.put(RECIPIENT, id.toString()));
    return fields;
  }

  /**
   * Verifies the sender of an answer.
   *
   * @throws org.ostraka.engine.region.OtherDeploymentException when it is not the expected one
   */
  void verify(Optional<String> sender) throws IOException {
    Optional<UUID> deployment = parse(sender);
    deployment.ifPresent(id -> deployments.verify(region, id));
  }

  /**
   * Learns the sender of an answer that only a server of the region gives.
   *
   * @throws org.ostraka.engine.region.OtherDeploymentException when it is not the known one
   */
  void learn(Optional<String> sender) throws IOException {
    Optional<UUID> deployment = parse(sender);
    deployment.ifPresent(id -> deployments.learn(region, id));
  }

  /**
   * Reads a field that names a deployment.
   *
   * @throws IOException when it names none
   */
  static Optional<UUID> parse(Optional<String> field) throws IOException {
    try {
      return field.map(UUID::fromString);
    } catch (IllegalArgumentException broken) {
      throw new IOException("a field names no deployment", broken);
    }
  }
}
