package org.ostraka.identity.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.ostraka.identity.certificate.CertificateHolder;
import org.ostraka.identity.certificate.CertificateName;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.model.AccountId;
import org.ostraka.model.Region;

/** Reads a file that says for whom certificates stand: see {@code docs/client-certificates.md}. */
public final class CertificateFile {
  private static final String SUBJECT = "Subject";
  private static final String URI = "Uri";
  private static final String DNS = "Dns";
  private static final String PRINCIPAL = "Principal";
  private static final String REGION = "Region";

  /** Paths do not identify users and roles: their names are unique in the account. */
  private static final Pattern ARN =
      Pattern.compile("arn:aws:iam::(\\d{12}):(user|role)/(?:[\\x21-\\x7e]+/)?([\\w+=,.@-]{1,64})");

  private CertificateFile() {}

  /**
   * Reads the entries of a file.
   *
   * @throws DirectoryFileException when it breaks a rule
   */
  public static List<CertificateHolder> read(String text) {
    List<CertificateHolder> holders = new ArrayList<>();
    Set<CertificateName> names = new HashSet<>();
    JsonMembers root = JsonMembers.of(JsonTree.readFile(text)).requireKnown(Set.of("Certificates"));
    for (JsonNode node : root.list("Certificates")) {
      CertificateHolder holder =
          holder(JsonMembers.of(node).requireKnown(Set.of(SUBJECT, URI, DNS, PRINCIPAL, REGION)));
      if (!names.add(holder.certificate())) {
        throw DirectoryFileException.at(node, "the certificate is named twice");
      }
      holders.add(holder);
    }
    return holders;
  }

  private static CertificateHolder holder(JsonMembers members) {
    JsonNode principal = members.required(PRINCIPAL);
    Matcher arn = ARN.matcher(JsonMembers.text(principal));
    if (!arn.matches()) {
      throw DirectoryFileException.at(principal, "the ARN of a user or a role is expected");
    }
    return new CertificateHolder(
        name(members),
        new AccountId(arn.group(1)),
        arn.group(2).equals("user") ? EntityKind.USER : EntityKind.ROLE,
        arn.group(3),
        members.find(REGION).map(CertificateFile::region));
  }

  private static CertificateName name(JsonMembers members) {
    List<CertificateName> names = new ArrayList<>();
    members.find(SUBJECT).map(CertificateFile::subject).ifPresent(names::add);
    members.find(URI).map(JsonMembers::text).map(CertificateName.Uri::new).ifPresent(names::add);
    members.find(DNS).map(JsonMembers::text).map(CertificateName.Dns::new).ifPresent(names::add);
    if (names.size() != 1) {
      throw DirectoryFileException.at(
          members.node(), "one of Subject, Uri and Dns names the certificate");
    }
    return names.getFirst();
  }

  private static CertificateName subject(JsonNode node) {
    try {
      X500Principal name = new X500Principal(JsonMembers.text(node));
      if (!name.getName().isEmpty()) {
        return new CertificateName.Subject(name);
      }
    } catch (IllegalArgumentException _) {
      // It is refused below.
    }
    throw DirectoryFileException.at(node, "a name like CN=ballots,O=Example is expected");
  }

  private static Region region(JsonNode node) {
    String text = JsonMembers.text(node);
    if (!Region.isLegal(text)) {
      throw DirectoryFileException.at(node, "a region is expected");
    }
    return new Region(text);
  }
}
