package org.ostraka.server.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.Group;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.ManagedPolicies;
import org.ostraka.identity.directory.ManagedPolicy;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.User;
import org.ostraka.model.Tags;

/** Writes the data types of IAM: "Data Types" in the IAM API Reference. Stateless. */
final class IamXml {
  /** How much of an entity an answer tells: lists tell less. */
  enum Extent {
    WHOLE,
    LISTED
  }

  private IamXml() {}

  static void user(XmlWriter xml, Account account, User user, Extent extent) {
    head(xml, "UserName", "UserId", user.head(), user.arn(account.id()));
    if (extent == Extent.WHOLE) {
      boundary(xml, user.boundary());
      tags(xml, user.tags());
    }
  }

  static void group(XmlWriter xml, Account account, Group group) {
    head(xml, "GroupName", "GroupId", group.head(), group.arn(account.id()));
  }

  static void role(XmlWriter xml, Account account, Role role, Extent extent) {
    head(xml, "RoleName", "RoleId", role.head(), role.arn(account.id()));
    xml.element("AssumeRolePolicyDocument", encoded(role.trust()));
    if (!role.description().isEmpty()) {
      xml.element("Description", role.description());
    }
    xml.element("MaxSessionDuration", Long.toString(role.maxSession().toSeconds()));
    if (extent == Extent.WHOLE) {
      boundary(xml, role.boundary());
      tags(xml, role.tags());
    }
  }

  static void policy(XmlWriter xml, Account account, ManagedPolicy policy, Extent extent) {
    String arn = policy.arn(account.id());
    xml.element("PolicyName", policy.head().name())
        .element("PolicyId", policy.head().id())
        .element("Arn", arn)
        .element("Path", policy.head().path())
        .element("DefaultVersionId", versionId(policy.defaultVersion()))
        .element("AttachmentCount", Integer.toString(ManagedPolicies.users(account, arn).size()))
        .element(
            "PermissionsBoundaryUsageCount",
            Integer.toString(ManagedPolicies.bounded(account, arn).size()))
        .element("IsAttachable", "true")
        .element("CreateDate", policy.head().created().toString())
        .element("UpdateDate", policy.updated().toString());
    if (extent == Extent.WHOLE) {
      if (!policy.description().isEmpty()) {
        xml.element("Description", policy.description());
      }
      tags(xml, policy.tags());
    }
  }

  static void version(XmlWriter xml, ManagedPolicy policy, int number, Extent extent) {
    ManagedPolicy.Version version = policy.versions().get(number);
    if (version == null) {
      throw new IllegalArgumentException("the policy has no version " + number);
    }
    if (extent == Extent.WHOLE) {
      xml.element("Document", encoded(version.policy()));
    }
    xml.element("VersionId", versionId(number))
        .element("IsDefaultVersion", Boolean.toString(number == policy.defaultVersion()))
        .element("CreateDate", version.created().toString());
  }

  /** Returns the name of a version, such as {@code v2}. */
  static String versionId(int number) {
    return "v" + number;
  }

  /** Writes tags, if there are any. */
  static void tags(XmlWriter xml, Tags tags) {
    if (tags.size() > 0) {
      xml.list("Tags", tags.byKey().entrySet(), tag -> tag(xml, tag.getKey(), tag.getValue()));
    }
  }

  static void tag(XmlWriter xml, String key, String value) {
    xml.element("Key", key).element("Value", value);
  }

  /** Returns a policy as answers have it: percent-encoded as in RFC 3986. */
  static String encoded(PolicyText policy) {
    return URLEncoder.encode(policy.text(), StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static void head(XmlWriter xml, String name, String id, Head head, String arn) {
    xml.element("Path", head.path())
        .element(name, head.name())
        .element(id, head.id())
        .element("Arn", arn)
        .element("CreateDate", head.created().toString());
  }

  private static void boundary(XmlWriter xml, Optional<String> arn) {
    arn.ifPresent(present ->
        xml.element(
            "PermissionsBoundary",
            _ ->
                xml.element("PermissionsBoundaryType", "Policy")
                    .element("PermissionsBoundaryArn", present)));
  }
}
