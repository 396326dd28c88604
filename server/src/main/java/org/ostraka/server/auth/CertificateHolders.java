package org.ostraka.server.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ostraka.engine.directory.Directory;
import org.ostraka.identity.certificate.CertificateHolder;
import org.ostraka.identity.certificate.CertificateName;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;

/** The users and roles for which certificates of clients stand. Any thread. */
public final class CertificateHolders {
  /** The first letters of a certificate's id, as IAM has them ("IAM identifiers"). */
  private static final String ID_PREFIX = "ASCA";

  private static final int ID_CHARS = 16;

  private final Directory directory;
  private final Set<Region> regions;
  private volatile Map<CertificateName, CertificateHolder> holders = Map.of();

  /**
   * Makes them, with nobody yet.
   *
   * @param regions the served regions; empty for all
   */
  public CertificateHolders(Directory directory, Set<Region> regions) {
    this.directory = directory;
    this.regions = Set.copyOf(regions);
  }

  /** Someone who has shown a certificate. */
  record Holder(Principal principal, Owner owner) {}

  /**
   * Takes other holders in place of those before.
   *
   * @throws IllegalArgumentException when a holder's region is not clear or not served
   */
  void replace(List<CertificateHolder> others) {
    others.forEach(this::region);
    holders =
        others.stream()
            .collect(Collectors.toMap(CertificateHolder::certificate, Function.identity()));
  }

  /** Returns whom a certificate names; the first of its names that is known counts. */
  Optional<CertificateHolder> named(X509Certificate certificate) {
    Map<CertificateName, CertificateHolder> known = holders;
    return CertificateName.of(certificate).stream()
        .filter(known::containsKey)
        .findFirst()
        .map(known::get);
  }

  /** Returns who acts with a certificate, if there is such a user or role now. */
  Optional<Holder> find(CertificateHolder holder, X509Certificate certificate) {
    Account account = directory.current(holder.account()).account();
    String id = id(certificate);
    Optional<Principal> principal =
        holder.kind() == EntityKind.USER
            ? account
                .user(holder.name())
                .map(user ->
                    new Principal.User(
                        account.id(), id, user.head().id(), user.head().path(), user.head().name()))
            : account
                .role(holder.name())
                .map(role ->
                    new Principal.RoleSession(
                        account.id(),
                        id,
                        role.head().id(),
                        role.head().path(),
                        role.head().name(),
                        session(certificate)));
    return principal.map(each -> new Holder(each, new Owner(account.id(), region(holder))));
  }

  private Region region(CertificateHolder holder) {
    Region region =
        holder
            .region()
            .or(() -> regions.size() == 1 ? regions.stream().findFirst() : Optional.empty())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a Region is missing: without one, --region has to name a single one"));
    if (!regions.isEmpty() && !regions.contains(region)) {
      throw new IllegalArgumentException("the region " + region + " is not served");
    }
    return region;
  }

  /** Names a session by the serial number of the certificate, as IAM Roles Anywhere does. */
  private static String session(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16);
  }

  /** Returns what stands for the access key, so that the audit log tells certificates apart. */
  private static String id(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return ID_PREFIX + HexFormat.of().withUpperCase().formatHex(hash).substring(0, ID_CHARS);
    } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
