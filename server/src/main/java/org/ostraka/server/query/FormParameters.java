package org.ostraka.server.query;

import java.util.List;
import java.util.Locale;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.audit.JsonLine;

/** The parameters of a form that the audit log shows: names and policies, no tokens. Stateless. */
final class FormParameters {
  private static final int MAX_CHARS = 8 * 1024;

  private static final List<String> SHOWN =
      List.of(
          "UserName",
          "NewUserName",
          "GroupName",
          "NewGroupName",
          "RoleName",
          "PolicyName",
          "PolicyArn",
          "PolicyDocument",
          "AssumeRolePolicyDocument",
          "PermissionsBoundary",
          "Path",
          "NewPath",
          "AccessKeyId",
          "Status",
          "VersionId",
          "SetAsDefault",
          "RoleArn",
          "RoleSessionName",
          "DurationSeconds",
          "Name",
          "Policy");

  private FormParameters() {}

  static AuditEvent.Parameters of(Form form) {
    JsonLine json = new JsonLine().begin('{');
    for (String name : SHOWN) {
      form.child(name)
          .flatMap(Form::value)
          .ifPresent(value ->
              json.text(
                  name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                  value.substring(0, Math.min(value.length(), MAX_CHARS))));
    }
    return new AuditEvent.Parameters(json.end('}').toString(), List.of());
  }
}
